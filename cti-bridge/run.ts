import { parseArgs } from 'node:util';
import { type Bridge, compose, StartError } from './compose.ts';
import { describeProblems, loadConfig } from './config/index.ts';
import { createLog } from './kernel/index.ts';

const usage =
  'Usage: cti-bridge [--config FILE] [--host NAME] [--port N] [--sip-host NAME] [--sip-port N] [--data DIR] [--renderer DIR] [--log-level LEVEL]';

/** Runs one bridge until it is asked to stop. Returns the exit code: 0 drained, 1 could not start, 2 wrong options. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  let flags: Record<string, string | undefined>;
  try {
    const text = { type: 'string' } as const;
    ({ values: flags } = parseArgs({
      args: [...args],
      options: { config: text, host: text, port: text, 'sip-host': text, 'sip-port': text, data: text, renderer: text, 'log-level': text },
    }));
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
  const { config: file, ...settings } = flags;
  const config = loadConfig({ ...(file === undefined ? {} : { file }), env, flags: settings });
  if (!config.ok) {
    say(describeProblems(config.error));
    return 1;
  }

  const log = createLog(config.value.log.level);
  const { promise: asked, resolve: askToStop } = Promise.withResolvers<string>();
  process.once('SIGINT', () => askToStop('SIGINT'));
  process.once('SIGTERM', () => askToStop('SIGTERM'));
  // Started by another program that is gone: nobody would ever stop us.
  process.once('disconnect', () => askToStop('parent gone'));
  // What no story caught is a bug: written down. The house stands; the story that had it has ended by its scope.
  for (const kind of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(kind, (error: unknown) =>
      log.error(`bug:${kind}`, { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  }

  let bridge: Bridge;
  try {
    bridge = await compose(config.value, { log });
  } catch (error) {
    say(
      error instanceof StartError
        ? error.message
        : `The bridge could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return 1;
  }
  log.info('bridge:ready', { http: bridge.httpAddress, sip: bridge.sipAddress, mail: bridge.mailAddress });
  process.on('SIGHUP', () => void bridge.reloadCertificate());
  log.info('bridge:draining', { why: await asked });
  await bridge.stop();
  log.info('bridge:stopped');
  return 0;
}
