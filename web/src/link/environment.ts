// Apps that show pages in a browser of their own, which forgets cookies with the app.
const embedded = /FBAN|FBAV|FB_IAB|Instagram|Line\/|MicroMessenger|LinkedInApp|Snapchat|Twitter|GSA\/|; wv\)|TikTok|Teams\/|Slack/i

/** Whether the page stands in a browser inside of another app. */
export function inEmbeddedBrowser(agent: string = navigator.userAgent): boolean {
  // On iOS a web view says AppleWebKit but neither Safari nor another browser's name.
  const iosView = /iPhone|iPad|iPod/.test(agent) && !/Safari|CriOS|FxiOS|EdgiOS/.test(agent)
  return embedded.test(agent) || iosView
}
