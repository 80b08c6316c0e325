/**
 * A number that another program asks to be called. Two things to know: nothing is called without the agent's own Call, and who has the number in
 * the record is shown before. It stands below the call bar, above whatever is there, and moves nothing.
 */
export { LinkConfirm, type LinkConfirmDeeds } from './LinkConfirm.tsx';
