/** Where a mail is looked at with its pictures from elsewhere: whoever has the link was given it by `message:show-pictures`. */
export const mailPagePath = '/api/mail-pages/';
