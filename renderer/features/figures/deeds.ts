import type { OwnContact, OwnFigure } from '../../../shared/contracts/own-figures.ts';
import type { LoginFailure } from '../../stores/index.ts';

export interface FiguresDeeds {
  /** The contacts behind a number, newest first. The same function from one drawing to the next. */
  contacts(
    figure: OwnFigure,
  ): Promise<{ readonly ok: true; readonly contacts: readonly OwnContact[] } | { readonly ok: false; readonly failure: LoginFailure }>;
}
