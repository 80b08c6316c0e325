import type { BridgeAddresses } from '../electron/bridge-host/index.ts';

export interface DemoLogin {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly role: string;
}

/** What a person needs to try Crosspoint, on a few lines. */
export function welcomeText(addresses: BridgeAddresses, logins: readonly DemoLogin[], dataFolder: string, logFile: string): string {
  const width = Math.max(0, ...logins.map(({ username, password }) => `${username} / ${password}`.length));
  const people = logins.map(({ username, password, name, role }) => `    ${`${username} / ${password}`.padEnd(width)}  ${name}, ${role}`);
  return [
    '',
    'Crosspoint is running.',
    `  Desktop   ${addresses.http}`,
    `  Phone     SIP over UDP at ${addresses.sip}`,
    `  Data      ${dataFolder}`,
    `  Log       ${logFile}`,
    '',
    ...(people.length > 0 ? ['  Sign in as (demo):', ...people, ''] : []),
    '  Ring it:  npm run call        (in another terminal; a demo customer rings the hotline and presses 1)',
    `            or dial 1000 from any SIP phone at ${addresses.sip}`,
    '  Ctrl-C stops it.',
    '',
  ].join('\n');
}
