import { automaticFields, type SurveyConfiguration, type surveyWays } from '../../../shared/contracts/messages/settings.ts';
import { type Check, checkReference } from '../draft.ts';
import { checkTexts } from './message-texts.ts';

/** Who is asked how can be asked so: there is something to send it from, and a mail has links that lead here. */
export const checkSurveys: Check = (draft, report) => {
  for (const survey of draft.surveys) {
    const path = `surveys/${survey.id}`;
    for (const [index, queue] of survey.queues.entries()) checkReference(draft, report, `${path}/queues/${index}`, 'queues', queue);
    checkReference(draft, report, `${path}/mailbox`, 'mailboxes', survey.mailbox);
    checkReference(draft, report, `${path}/smsLine`, 'smsLines', survey.smsLine);
    for (const field of missingOf(survey))
      report(`${path}/${field}`, 'nothing', `what is needed to ask by ${field === 'smsLine' ? 'text message' : 'mail'}`);
    const isByMail = asks(survey, 'email');
    if (isByMail) checkTexts(report, `${path}/subject`, survey.subject, automaticFields, 'required');
    checkTexts(report, `${path}/question`, survey.question, automaticFields, 'required');
    checkTexts(report, `${path}/comment`, survey.comment, automaticFields);
    checkTexts(report, `${path}/thanks`, survey.thanks, automaticFields, 'required');
  }
};

const asks = ({ by }: SurveyConfiguration, way: (typeof surveyWays)[number]) => Object.values(by).includes(way);

/** What it asks by and has not. Who wrote by text message is asked on the line they wrote to. */
function missingOf(survey: SurveyConfiguration): readonly ('mailbox' | 'smsLine' | 'address')[] {
  const { by, mailbox, smsLine, address } = survey;
  const { email: _mail, ...besidesMails } = by;
  const { sms: _text, ...besidesTexts } = by;
  return [
    ...(mailbox === null && Object.values(besidesMails).includes('email') ? (['mailbox'] as const) : []),
    ...(smsLine === null && Object.values(besidesTexts).includes('sms') ? (['smsLine'] as const) : []),
    ...(address === null && asks(survey, 'email') ? (['address'] as const) : []),
  ];
}
