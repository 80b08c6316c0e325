/**
 * What went wrong on this computer, kept on this computer: crash dumps and one line for each trouble, in the folder `reports` of the program's data.
 *
 * Two things to know: nothing is ever sent anywhere; and every line passes a filter first, so that no secret, number or name of a person is in it.
 */
export { type Failing, watchForCrashes } from './crash-watch.ts';
export { ReportLog } from './report-log.ts';
export { withoutSecrets } from './without-secrets.ts';
