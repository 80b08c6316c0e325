/**
 * The customer record beside the work. Two things to know: while it rings the pane shows one page that is read in a second; with the call
 * answered it has tabs. And nothing here waits for anything: the record came with the pop.
 */
export { Customer, type TimelineLoader } from './Customer.tsx';
export { Know } from './Know.tsx';
