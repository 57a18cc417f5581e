import base from '../playwright.config'
const use = base.use!
export default { ...base, testDir: '.', use: { ...use, 
 trace: process.env.TR === 'off' ? 'off' : process.env.TR === 'nosnap' ? { mode: 'retain-on-failure', screenshots: false, snapshots: false } : use.trace,
 launchOptions: { ...use.launchOptions, args: [...use.launchOptions!.args!, ...(process.env.FL ?? '').split(' ').filter(Boolean)] } } }
