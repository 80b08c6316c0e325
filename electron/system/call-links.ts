import type { App } from 'electron';

/** What other programs call numbers by. */
export const linkSchemes = ['tel', 'sip', 'callto'] as const;

const longestLink = 200;

/**
 * The one number that a link names, as `+` and digits; null for everything else. A link comes from anywhere, so it may only say whom to call:
 * pauses, keys to press, codes with * or #, several numbers, a name, another house's address are not called by a link.
 */
export function numberFromLink(link: string): string | null {
  if (link.length > longestLink) return null;
  const written = /^(tel|sip|callto):(?:\/\/)?(.+)$/is.exec(link);
  if (!written) return null;
  const [, scheme = '', rest = ''] = written;
  let text: string;
  try {
    text = decodeURIComponent(rest);
  } catch {
    return null; // not valid percent-encoding
  }
  // Parameters name the area, the extension or how to transport it; at most one address, and of that the part before the @.
  const [address = ''] = text.split(/[;?]/, 1);
  const [user = '', host, ...more] = address.split('@');
  if (more.length > 0 || (host !== undefined && (scheme.toLowerCase() !== 'sip' || !/^[\w.:[\]-]{1,100}$/.test(host)))) return null;
  if (!/^\+?[\d .()/-]{2,40}\/?$/.test(user)) return null;
  const digits = user.replace(/\D/g, '');
  if (digits.length < 2 || digits.length > 18) return null;
  return `${user.startsWith('+') ? '+' : ''}${digits}`;
}

export interface CallLinksMeans {
  /** A number waits to be asked about; the agent opened it, so the window may come to the front. */
  waits(): void;
}

/** Links to numbers that other programs hand to this one. They are kept one at a time, for the page to ask about; nothing is called here. */
export class CallLinks {
  readonly #waits: () => void;
  #number: string | null = null;

  constructor({ waits }: CallLinksMeans) {
    this.#waits = waits;
  }

  /** True when it was a link to a number. */
  opened(link: string): boolean {
    const number = numberFromLink(link);
    if (number === null) return false;
    this.#number = number;
    this.#waits();
    return true;
  }

  /** Windows and Linux hand a link over as an argument of a second start, among switches of the program's own. */
  openedBy(commandLine: readonly string[]): boolean {
    return commandLine.some((argument) => this.opened(argument));
  }

  /** Once: whoever asks again gets nothing. */
  take(): string | null {
    const number = this.#number;
    this.#number = null;
    return number;
  }
}

/** Says to the system that links to numbers may come here. Which program gets them stays the person's choice. */
export function offerForLinks(app: Pick<App, 'setAsDefaultProtocolClient' | 'isPackaged'>): void {
  // What is started from its sources has no file that the system could start again.
  if (!app.isPackaged) return;
  for (const scheme of linkSchemes) app.setAsDefaultProtocolClient(scheme);
}
