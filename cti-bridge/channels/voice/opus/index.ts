/**
 * Opus between two who hear only each other, and G.711 whenever anybody else needs their sound: a recording, a third one, a prompt. Which pair may
 * have it is decided by one pure function over who hears whom; how a far side gets there and back is a re-INVITE, one at a time on each leg.
 *
 * Two things to know: every call begins on G.711, with Opus agreed on beside it, so that either side may be first to change over; and on the way
 * back only G.711 is offered, so that what comes afterwards can be heard.
 *
 * Promises: a pair that was refused once, or had to be asked too often, stays on G.711; whoever waits for G.711 waits for two seconds at most.
 */
export { LegCodec, type Reoffer } from './leg-codec.ts';
export { OpusChoice } from './opus-choice.ts';
