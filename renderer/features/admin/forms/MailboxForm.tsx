import {
  automaticFields,
  type MailboxConfiguration,
  type MailSignIn,
  templateFields,
} from '../../../../shared/contracts/messages/settings.ts';
import { useText } from '../../../i18n/index.ts';
import { blankImap, blankSmtp } from '../blank.ts';
import { Check, fieldsOf, Line, Part, Quantity } from '../fields.tsx';
import { useForm } from '../form.ts';
import { Naming } from './Naming.tsx';
import { QueueOf } from './QueueOf.tsx';
import { SecretFields } from './SecretFields.tsx';
import { TextsOfBoth } from './TextsOfBoth.tsx';

const box = fieldsOf<MailboxConfiguration>();

export function MailboxForm() {
  const { t } = useText();
  const form = useForm();
  const { kind, incoming, outgoing, autoReply } = form.entry as MailboxConfiguration;
  const securities = (['tls', 'startTls', 'none'] as const).map((value) => ({ value, label: t(`value.mailSecurity.${value}`) }));
  return (
    <>
      <Naming />
      <Part title={t('admin.part.address')}>
        <box.Line at="address" isCode />
        <box.Choice at="kind" options={(['mail', 'fax'] as const).map((value) => ({ value, label: t(`value.mailboxKind.${value}`) }))} />
        <QueueOf channel={kind === 'fax' ? 'document' : 'email'} />
        <Line at="sender/en" />
        <Line at="sender/zh" />
      </Part>
      <Part title={t('admin.part.incoming')} note={t('admin.mailboxes.incoming.note')}>
        <Check at="incoming" isOn={incoming !== null} onChange={(isOn) => form.put('incoming', isOn ? blankImap : null)} />
        {incoming === null ? null : (
          <>
            <Line at="incoming/host" isCode />
            <Quantity at="incoming/port" />
            <box.Choice at={'incoming/security' as 'kind'} options={securities} {...inClear(incoming.security, t)} />
            <Line at="incoming/username" isCode />
            <SecretFields at="incoming/password" />
            <SignIn at="incoming/signIn" by={incoming.signIn} />
            <Line at="incoming/folder" isCode />
            {outgoing === null ? null : (
              <Check at="incoming/keepsSent" isOn={incoming.keepsSent ?? true} onChange={(isOn) => form.put('incoming/keepsSent', isOn)} />
            )}
          </>
        )}
      </Part>
      <Part title={t('admin.part.outgoing')} note={t('admin.mailboxes.outgoing.note')}>
        <Check at="outgoing" isOn={outgoing !== null} onChange={(isOn) => form.put('outgoing', isOn ? blankSmtp : null)} />
        {outgoing === null ? null : (
          <>
            <Line at="outgoing/host" isCode />
            <Quantity at="outgoing/port" />
            <box.Choice at={'outgoing/security' as 'kind'} options={securities} {...inClear(outgoing.security, t)} />
            <Line at="outgoing/username" isCode emptyIs={null} hint={t('admin.mailboxes.outgoing.username.hint')} />
            <SecretFields at="outgoing/password" mayBeNone />
            {outgoing.password === null ? null : <SignIn at="outgoing/signIn" by={outgoing.signIn} />}
          </>
        )}
      </Part>
      <Part title={t('admin.mailboxes.signature')} note={t('admin.mailboxes.signature.note')}>
        <TextsOfBoth
          at="signature"
          rows={6}
          fields={templateFields.filter((field) => field === 'agentName' || field === 'organisationName')}
        />
      </Part>
      {kind === 'fax' && autoReply === null ? null : (
        <Part title={t('admin.part.autoReply')} note={t('admin.mailboxes.autoReply.note')}>
          <Check
            at="autoReply"
            isOn={autoReply !== null}
            onChange={(isOn) => form.put('autoReply', isOn ? { subject: none, text: none } : null)}
          />
          {autoReply === null ? null : (
            <>
              <TextsOfBoth at="autoReply/subject" rows={1} fields={[]} />
              <TextsOfBoth at="autoReply/text" rows={6} fields={[...automaticFields, 'subject']} />
            </>
          )}
        </Part>
      )}
    </>
  );
}

function SignIn({ at, by = 'password' }: { readonly at: string; readonly by: MailSignIn | undefined }) {
  const form = useForm();
  return <Check at={at} isOn={by === 'token'} onChange={(isOn) => form.put(at, isOn ? 'token' : 'password')} />;
}

const none = { en: '', zh: '' };

/** Nothing is refused: in a house of one's own it may be right. */
function inClear(security: 'tls' | 'startTls' | 'none', t: ReturnType<typeof useText>['t']) {
  return security === 'none' ? { hint: t('admin.mailboxes.security.hint') } : {};
}
