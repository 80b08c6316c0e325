import type { BridgeAddresses } from '../electron/bridge-host/index.ts';

export interface DemoLogin {
  readonly username: string;
  readonly name: string;
  readonly role: string;
}

export interface Welcome {
  readonly addresses: BridgeAddresses;
  readonly demo: { readonly password: string; readonly logins: readonly DemoLogin[] };
  readonly dataFolder: string;
  readonly logFile: string;
  /** Where the mail lies that the demo sent; null where nothing can leave. */
  readonly sentMail: string | null;
}

/** Two agents to try both languages with, and one of every other role. */
export function shownLogins(all: readonly DemoLogin[]): DemoLogin[] {
  const agents = all.filter(({ role }) => role === 'agent').slice(0, 2);
  const roles = [...new Set(all.map(({ role }) => role))].filter((role) => role !== 'agent');
  return [...agents, ...roles.flatMap((role) => all.filter((login) => login.role === role).slice(0, 1))];
}

/** What a person needs to try Crosspoint, on a few lines. */
export function welcomeText({ addresses, demo, dataFolder, logFile, sentMail }: Welcome): string {
  const logins = shownLogins(demo.logins);
  const width = Math.max(...logins.map(({ username }) => username.length));
  const ring = addresses.sip === '127.0.0.1:5060' ? 'npm run call' : `npm run call -- --sip ${addresses.sip}`;
  const more = demo.logins.length - logins.length;
  return [
    '',
    'Crosspoint is running.',
    `  Desktop   ${addresses.http}`,
    `  Phone     SIP over UDP at ${addresses.sip}`,
    `  Data      ${dataFolder}`,
    `  Log       ${logFile}`,
    '',
    `  Sign in with the password ${demo.password} as`,
    ...logins.map(({ username, name, role }) => `    ${username.padEnd(width)}  ${name}, ${role}`),
    ...(more > 0 ? [`    and ${more} more agents`] : []),
    '',
    `  Ring it   ${ring}   in another terminal: a demo customer calls the hotline and presses 1`,
    `            or dial 1000 from any SIP phone at ${addresses.sip}`,
    `  Write     a chat at ${addresses.http}/shop/,${addresses.mail ? ` a mail by SMTP at ${addresses.mail} to care@crosspoint.example,` : ''}`,
    '            a text:  npm run sms -- --from 13900004126 "No signal since the storm"',
    ...(sentMail === null ? [] : [`            mail that you answer goes to nobody, it lies in ${sentMail}`]),
    `  Call out  whom you like: customers answer after 3 s; a number that ends in 86 is busy, in 87 nobody answers, 88 does not exist`,
    '',
    '  Ctrl-C stops it.',
    '',
  ].join('\n');
}
