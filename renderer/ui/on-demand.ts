import { lazy } from 'react';
import { untilThere } from './until-there.ts';

/**
 * A part whose code is fetched when it is first shown. While it cannot be had everything else on the screen stays as it is; React's own `lazy`
 * takes the whole screen down then.
 */
export const onDemand: typeof lazy = (load) => lazy(() => untilThere(load, document));
