/** A ready message to an invitee, in the language that they read, whatever the app speaks. */
export const letter = {
  subject: {
    en: (title: string) => `Your invitation: ${title}`,
    de: (title: string) => `Ihre Einladung: ${title}`,
  },
  text: {
    en: (name: string, role: string, when: string, link: string, email: string) =>
      `Hello ${name},\n\nyou are invited as a ${role} on ${when}.\n\nYour personal link:\n${link}\n\nIt works on one device and asks for this email address: ${email}. Please do not pass it on.\n`,
    de: (name: string, role: string, when: string, link: string, email: string) =>
      `Guten Tag ${name},\n\nSie sind mit der Rolle ${role} eingeladen: ${when}.\n\nIhr persönlicher Link:\n${link}\n\nEr funktioniert auf einem Gerät und fragt nach dieser E-Mail-Adresse: ${email}. Bitte geben Sie ihn nicht weiter.\n`,
  },
  roles: {
    en: { VIEWER: 'Viewer', SPEAKER: 'Speaker', MODERATOR: 'Moderator' },
    de: { VIEWER: 'Publikum', SPEAKER: 'Podium', MODERATOR: 'Moderation' },
  },
}
