import type { Disposable } from '../../kernel/index.ts';
import type { SipStack } from '../../sip/index.ts';

type Transport = ReturnType<SipStack['transportOf']>;

/** A telephone, as opposed to a desktop with a browser's phone in it. Who is not registered counts as a desktop that may yet come. */
export const isDeskPhone = (transport: Transport): boolean => transport !== null && transport !== 'WS' && transport !== 'WSS';

/** Which kinds of phone are registered now. */
export class PhoneKinds {
  readonly #desk = new Set<string>();
  readonly #browsers = new Set<string>();
  readonly #listening: Disposable;

  constructor(sip: Pick<SipStack, 'onRegistration' | 'transportOf'>) {
    this.#listening = sip.onRegistration((extension, isRegistered) => {
      this.#desk.delete(extension);
      this.#browsers.delete(extension);
      if (isRegistered) (isDeskPhone(sip.transportOf(extension)) ? this.#desk : this.#browsers).add(extension);
    });
  }

  /** A house of telephones: an offer for a browser's phone, which costs a worker milliseconds, is not made before one is wanted. */
  get areAllDeskPhones(): boolean {
    return this.#desk.size > 0 && this.#browsers.size === 0;
  }

  stop(): void {
    void this.#listening.dispose();
  }
}
