/**
 * The page that a mail's survey links lead to, at `/s/`: for whoever has the link, in their language, without a script.
 *
 * Two things to know: looking at it answers nothing, because programs that check mails follow every link; the button does. And what stands in
 * the address is all that is known of whoever looks: the page says no name and nothing of the contact.
 */
export { surveyMount } from './survey-mount.ts';
