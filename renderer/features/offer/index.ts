/** An offer that rings: who, how long still, why here, by which way; one shape for each kind of match. */
export { CallerFactsList } from './CallerFactsList.tsx';
export { Candidates } from './Candidates.tsx';
export { Handover } from './Handover.tsx';
export { OfferAlert } from './OfferAlert.tsx';
export { OfferPane, PopPath } from './OfferPane.tsx';
