import type { Flow } from '../../../../cti-bridge/sip/index.ts';

/** A way to a phone that sends nothing. */
export class FakeFlow implements Flow {
  readonly id: string;
  readonly transport: Flow['transport'];
  readonly isReliable = true;
  readonly remote = { host: '192.0.2.7', port: 5060 };
  isClosed = false;
  isAuthenticated = false;
  readonly #listeners = new Set<() => void>();
  constructor(id: string, transport: Flow['transport'] = 'TCP') {
    this.id = id;
    this.transport = transport;
  }
  send(): void {}
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const listener of [...this.#listeners]) listener();
  }
  onClose(listener: () => void) {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }
  markAuthenticated(isAuthenticated: boolean): void {
    this.isAuthenticated = isAuthenticated;
  }
}
