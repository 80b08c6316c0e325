import type { Arrivals, ArrivedText, DeliveryReceipt } from '../../cti-bridge/interactions/index.ts';

/** Keeps text messages as a store does: what was stored under a key is known. `refuse`: asked before each; true makes it fail. */
export class KeptTexts implements Arrivals {
  readonly texts: ArrivedText[] = [];
  readonly receipts: DeliveryReceipt[] = [];
  /** How often something came that was there. */
  known = 0;
  refuse: () => boolean = () => false;
  /** What storing waits for. */
  before: () => Promise<unknown> = () => Promise.resolve();
  readonly #keys = new Set<string>();

  keep(): Promise<never> {
    return Promise.reject(new Error('text messages only'));
  }

  async keepText(text: ArrivedText): Promise<'kept' | 'known'> {
    await this.before();
    if (this.refuse()) throw new Error('the store takes nothing');
    if (text.onceKey !== null) {
      if (this.#keys.has(text.onceKey)) {
        this.known++;
        return 'known';
      }
      this.#keys.add(text.onceKey);
    }
    this.texts.push(text);
    return 'kept';
  }

  async keepReceipt(receipt: DeliveryReceipt): Promise<void> {
    await this.before();
    if (this.refuse()) throw new Error('the store takes nothing');
    this.receipts.push(receipt);
  }
}
