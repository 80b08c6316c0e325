/** How long the source we listen to must be quiet before another port of the same address may take its place. */
const quietMs = 2000;

/**
 * Decides whose packets count. Only the address the SDP names is ever listened to; the port may differ from the SDP's (symmetric RTP behind
 * some NATs), but once packets come from one port, others are strangers: else anybody on that host could speak into the call. The port the
 * SDP names always wins.
 */
export class SourceLatch {
  #address = '';
  #sdpPort = 0;
  #port: number | null = null;
  #heardAt = 0;

  /** A new description of the far side; the latch opens only when the address or port changed. */
  expect(address: string, port: number): void {
    if (address === this.#address && port === this.#sdpPort) return;
    this.#address = address;
    this.#sdpPort = port;
    this.#port = null;
  }

  isAddress(address: string): boolean {
    return address === this.#address;
  }

  accepts(address: string, port: number, nowMs: number): boolean {
    if (address !== this.#address) return false;
    const mayTake = this.#port === null || port === this.#port || port === this.#sdpPort || nowMs - this.#heardAt > quietMs;
    if (!mayTake) return false;
    this.#port = port;
    this.#heardAt = nowMs;
    return true;
  }

  /** Where to send: back where packets come from, before that where the SDP says. */
  get target(): { readonly address: string; readonly port: number } | null {
    if (this.#address === '' || this.#address === '0.0.0.0' || this.#sdpPort === 0) return null;
    return { address: this.#address, port: this.#port ?? this.#sdpPort };
  }
}
