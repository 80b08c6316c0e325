/** What was recorded of a call, heard where the call is shown: on the customer's page and beside the call that goes on. */
export { Recordings } from './Recordings.tsx';
