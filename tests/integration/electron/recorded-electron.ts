import type { ElectronApi } from '../../../electron/electron-api.ts';

/** One call that the program made: `app.enableSandbox`, `window#1.show`. */
export interface RecordedCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

/**
 * All of Electron that the program is handed, recorded: each call by its name, in order. What a call returns is another recorded thing unless
 * `answers` has it; what is listened to is kept and can be fired. Each window made is `window#1`, `window#2` and so on, its options beside it.
 */
export class RecordedElectron {
  readonly calls: RecordedCall[] = [];
  readonly windows: { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[] = [];
  readonly api: ElectronApi;
  readonly #listeners = new Map<string, ((...args: unknown[]) => unknown)[]>();

  constructor(answers: Readonly<Record<string, unknown>>) {
    const thing = (path: string): unknown =>
      new Proxy(function recorded() {}, {
        get: (_, name) => {
          if (typeof name === 'symbol' || name === 'then') return undefined;
          const child = `${path}${path === '' ? '' : '.'}${name}`;
          return Object.hasOwn(answers, child) && typeof answers[child] !== 'function' && !child.endsWith('()')
            ? answers[child]
            : thing(child);
        },
        apply: (_, __, args: unknown[]) => {
          this.calls.push({ name: path, args });
          const [event, listener] = args;
          if (/\.(on|once|handle)$/.test(path) && typeof event === 'string' && typeof listener === 'function') {
            const key = `${path.replace(/\.(on|once|handle)$/, '')}:${event}`;
            this.#listeners.set(key, [...(this.#listeners.get(key) ?? []), listener as (...args: unknown[]) => unknown]);
          }
          const answer = answers[`${path.replace(/#\d+/, '')}()`];
          return typeof answer === 'function' ? answer(...args) : (answer ?? thing(`${path}()`));
        },
        construct: (_, [options]: [Record<string, unknown>]) => {
          if (path !== 'BrowserWindow') return thing(path.toLowerCase()) as object;
          const name = `window#${this.windows.length + 1}`;
          this.windows.push({ name, options });
          return new Proxy(thing(name) as object, {
            get: (window, key) => {
              if (key !== 'webContents') return Reflect.get(window, key);
              const id = Number(name.slice(-1));
              return new Proxy(thing(`${name}.webContents`) as object, {
                get: (contents, each) => (each === 'id' ? id : Reflect.get(contents, each)),
              });
            },
          });
        },
      });
    this.api = thing('') as ElectronApi;
  }

  names(): readonly string[] {
    return this.calls.map(({ name }) => name);
  }

  argsOf(name: string): readonly unknown[] {
    return this.calls.find((call) => call.name === name)?.args ?? [];
  }

  /** Fires what listens there: `app:web-contents-created`. What each listener returned. */
  fire(event: string, ...args: unknown[]): readonly unknown[] {
    return (this.#listeners.get(event) ?? []).map((listener) => listener(...args));
  }
}
