/** The store would not go on. */
export class StoppedByStore extends Error {
  override readonly name = 'StoppedByStore';
  readonly why: 'stopped' | 'storeFailed';

  constructor(why: 'stopped' | 'storeFailed', message: string) {
    super(message);
    this.why = why;
  }
}
