import type { safetyCalls } from '../../shared/contracts/desktop-safety.ts';
import type { Report } from '../electron-api.ts';
import type { SecretStore } from '../secrets/index.ts';
import type { SettingsFile } from '../settings/index.ts';
import type { Updates } from '../updates/index.ts';
import type { CallHandlers } from './handle-calls.ts';

export interface SafetyCallMeans {
  readonly secrets: Pick<SecretStore, 'read' | 'write' | 'forget'>;
  readonly report: Report;
  readonly settings: Pick<SettingsFile, 'fixedNames'>;
  readonly updates: Pick<Updates, 'state' | 'work' | 'install'>;
}

/** Lines of the page in a minute; whatever is forced into it cannot fill the disk or hide other lines. */
const linesPerMinute = 60;

/** What the page keeps and reports by the program around it, and what it hears of an administrator and of updates. */
export function safetyCallHandlers(
  { secrets, report, settings, updates }: SafetyCallMeans,
  time: () => number = () => performance.now(),
): CallHandlers<typeof safetyCalls> {
  let begun = time();
  let lines = 0;
  return {
    'secret:read': async ({ name }) => ({ value: await secrets.read(name) }),
    'secret:write': async ({ name, value }) => ({ isKept: await secrets.write(name, value) }),
    'secret:forget': async ({ name }) => {
      await secrets.forget(name);
      return {};
    },
    'report:write': ({ event, facts }) => {
      if (time() - begun >= 60_000) {
        begun = time();
        lines = 0;
      }
      lines += 1;
      // Under a name that no line of this program has: a page can report, and not pretend.
      if (lines <= linesPerMinute) report(`renderer:${event}`, facts);
      return {};
    },
    'settings:fixed': () => ({ names: [...settings.fixedNames] }),
    'update:read': () => updates.state,
    'update:work': (now) => {
      updates.work(now);
      return {};
    },
    'update:install': () => updates.install(),
  };
}
