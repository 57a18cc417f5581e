// Texts of one's own account, and of what is chosen for a browser.

export const device = {
  title: 'This browser',
  note: 'Kept in this browser only. Its other tabs follow.',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  clock: 'Clock',
  clocks: { automatic: 'Automatic', 12: '12-hour', 24: '24-hour' },
  example: (time: string) => `Times look like this: ${time}.`,
  sound: 'Play sounds',
  soundNote: 'A soft tone when a session starts, when somebody waits, and when the host answers.',
}

export const account = {
  title: 'Your account',
  item: 'Account settings',
  name: 'Name',
  nameNote: 'Others see this name. Sessions that you have joined already keep your old one.',
  saveName: 'Save name',
  nameSaved: (name: string) => `Your name is now ${name}`,
  password: 'Password',
  passwordNote: 'A new password signs you out in all other browsers.',
  current: 'Current password',
  new: 'New password',
  enterCurrent: 'Enter your current password.',
  enterNew: 'Enter a new password.',
  changePassword: 'Change password',
  passwordChanged: 'Password changed. You are signed out in all other browsers.',
  signIns: 'Sign-ins',
  signedInAs: (email: string) => `You are signed in as ${email}.`,
  everywhere: 'Sign out everywhere',
  everywhereTitle: 'Sign out everywhere?',
  everywhereText: 'You are signed out in this browser too, and in all others at once. To use Usher again, you sign in again. Access tokens keep working.',
  about: 'About',
  version: (version: string) => `Usher ${version}`,
  graphiql: 'Explore the API in GraphiQL',
}
