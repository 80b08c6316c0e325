import { margaretOkafor } from '../cti-bridge/store/seed/demo-people.ts';
import { sendFromPhone } from './sms/send-from-phone.ts';
import { readSmsOptions, smsUsage } from './sms/sms-options.ts';

/**
 * `npm run sms`: sends a text to the running demo as a customer would, and prints what comes back to their telephone. Ends with 0 when the
 * text was sent.
 */

/** The demo's number for text messages. */
const demoNumber = '10655901';

const options = readSmsOptions(process.argv.slice(2), { from: margaretOkafor.number, to: demoNumber });
if (!options.ok) {
  process.stderr.write(`${options.error}\n${smsUsage}\n`);
  process.exit(2);
}
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
process.exit(await sendFromPhone(options.value, (line) => process.stdout.write(`${line}\n`), stop.signal));
