import { queueChannels } from '../../../../shared/contracts/configuration.ts';
import { automaticFields, type SurveyConfiguration, surveyWays } from '../../../../shared/contracts/messages/settings.ts';
import { useText } from '../../../i18n/index.ts';
import { Choice, fieldsOf, Part, useOptions } from '../fields.tsx';
import { useForm } from '../form.ts';
import { entryName } from '../words.ts';
import { Naming } from './Naming.tsx';
import { TextsOfBoth } from './TextsOfBoth.tsx';

const survey = fieldsOf<SurveyConfiguration>();

/** What customers are asked after a contact, how, and how often. */
export function SurveyForm() {
  const text = useText();
  const { t } = text;
  const { configuration, entry, bridgeUrl } = useForm();
  const { by } = entry as SurveyConfiguration;
  const isByMail = Object.values(by).includes('email');
  const boxes = configuration.mailboxes.filter(({ kind }) => kind === 'mail');
  return (
    <>
      <Naming />
      <Part title={t('admin.part.whenAsked')} note={t('admin.surveys.by.note')}>
        <div className="is-wide row admin-checks">
          <survey.Check at="isOn" />
        </div>
        <survey.Several at="queues" options={useOptions('queues')} none={t('admin.surveys.queues.none')} />
        {queueChannels.map((channel) => (
          <Choice
            key={channel}
            at={`by/${channel}`}
            options={surveyWays.map((value) => ({
              value,
              label: t(value === 'none' ? `admin.surveys.none.${channel}` : `value.channel.${value}`),
            }))}
          />
        ))}
        <survey.Quantity at="afterMinutes" unit={t('admin.minutes')} />
        <survey.Quantity at="notAgainWithinDays" unit={t('admin.days')} hint={t('admin.surveys.notAgainWithinDays.hint')} />
      </Part>
      <Part title={t('admin.part.sentFrom')} note={t('admin.surveys.sentFrom.note')}>
        <survey.Choice
          at="smsLine"
          options={configuration.smsLines.map((line) => ({ value: line.id, label: entryName(text, 'smsLines', line) }))}
          none={t('admin.surveys.fromNone')}
        />
        <survey.Choice
          at="mailbox"
          options={boxes.map((box) => ({ value: box.id, label: entryName(text, 'mailboxes', box) }))}
          none={t('admin.surveys.fromNone')}
        />
        <survey.Line
          at="address"
          isCode
          isWide
          emptyIs={null}
          hint={t('admin.surveys.address.hint', { address: new URL(bridgeUrl).origin })}
        />
      </Part>
      <Part title={t('admin.part.text')} note={t('admin.surveys.question.note')}>
        {isByMail ? <TextsOfBoth at="subject" rows={1} fields={automaticFields} /> : null}
        <TextsOfBoth at="question" rows={3} fields={automaticFields} />
        <TextsOfBoth at="comment" rows={1} fields={automaticFields} hint={t('admin.surveys.comment.hint')} />
        <TextsOfBoth at="thanks" rows={2} fields={automaticFields} />
      </Part>
    </>
  );
}
