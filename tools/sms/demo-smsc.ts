import { randomBytes } from 'node:crypto';
import { demoSmsc } from '../../cti-bridge/store/seed/written-contacts.ts';
import { type ServedSmsc, serveSmsc } from './serve-smsc.ts';
import { demoPhonesPort } from './sms-options.ts';

export interface DemoSmsc extends ServedSmsc {
  /** For the bridge: its line rests without the password, which is another at each start. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The network of the demo's text messages, on this machine alone. Rejects when one of its ports is taken. */
export async function startDemoSmsc({ port = demoSmsc.port, phonesPort = demoPhonesPort } = {}): Promise<DemoSmsc> {
  // SMPP 3.4 §5.2.2 has room for eight characters.
  const password = randomBytes(4).toString('hex');
  const account = { systemId: demoSmsc.systemId, password };
  const served = await serveSmsc({ host: demoSmsc.host, port, phonesPort, account });
  return { ...served, environment: { [demoSmsc.passwordVariable]: password } };
}
