// Apps that show pages in their own browser, which loses its cookies.
const embedded = /FBAN|FBAV|FB_IAB|Instagram|Line\/|MicroMessenger|LinkedInApp|Snapchat|Twitter|GSA\/|; wv\)|TikTok|Teams\/|Slack/i

/** Reports whether the page is in the browser of another app. */
export function inEmbeddedBrowser(agent: string = navigator.userAgent): boolean {
  // On iOS the agent of a web view has AppleWebKit, but neither Safari nor another browser's name.
  const iosView = /iPhone|iPad|iPod/.test(agent) && !/Safari|CriOS|FxiOS|EdgiOS/.test(agent)
  return embedded.test(agent) || iosView
}
