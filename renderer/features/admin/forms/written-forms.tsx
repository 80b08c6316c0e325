import { Copy } from 'lucide-react';
import { useState } from 'react';
import {
  automaticFields,
  type ChatSiteConfiguration,
  type DocumentSourceConfiguration,
  type MessageTemplate,
  type SmsLineConfiguration,
  templateFields,
  writtenChannels,
} from '../../../../shared/contracts/messages/settings.ts';
import { useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/index.ts';
import { blankHttpCarrier, blankSmpp } from '../blank.ts';
import { Choice, fieldsOf, Line, Part, Quantity } from '../fields.tsx';
import { useField, useForm } from '../form.ts';
import { Naming } from './Naming.tsx';
import { QueueOf } from './QueueOf.tsx';
import { SecretFields } from './SecretFields.tsx';
import { TextsOfBoth } from './TextsOfBoth.tsx';

/** Where text messages, chats and pages come in, and what is written again and again. */

const line = fieldsOf<SmsLineConfiguration>();
const site = fieldsOf<ChatSiteConfiguration>();
const source = fieldsOf<DocumentSourceConfiguration>();
const template = fieldsOf<MessageTemplate>();

export function SmsLineForm() {
  const { t } = useText();
  const form = useForm();
  const { carrier } = form.entry as SmsLineConfiguration;
  return (
    <>
      <Naming />
      <Part title={t('admin.part.number')}>
        <line.Line at="number" isCode hint={t('admin.smsLines.number.hint')} />
        <QueueOf channel="sms" />
      </Part>
      <Part title={t('admin.part.carrier')} note={t(`admin.smsLines.carrier.note.${carrier.kind}`)}>
        <Choice
          at="carrier/kind"
          options={(['smpp', 'http'] as const).map((value) => ({ value, label: t(`value.carrier.${value}`) }))}
          onChange={(kind) => form.put('carrier', kind === 'smpp' ? blankSmpp : blankHttpCarrier)}
        />
        {carrier.kind === 'smpp' ? (
          <>
            <Line at="carrier/host" isCode />
            <Quantity at="carrier/port" />
            <Line at="carrier/systemId" isCode />
            <SecretFields at="carrier/password" />
            <Line at="carrier/systemType" isCode hint={t('admin.smsLines.carrier.systemType.hint')} />
            <Quantity at="carrier/window" hint={t('admin.smsLines.carrier.window.hint')} />
            <Quantity at="carrier/perSecond" />
            <div className="is-wide row admin-checks">
              <line.Check at={'carrier/tls' as 'carrier'} />
            </div>
          </>
        ) : (
          <>
            <Line at="carrier/url" isCode isWide />
            <SecretFields at="carrier/secret" />
          </>
        )}
      </Part>
      <Part title={t('admin.part.consent')} note={t('admin.smsLines.stopped.note')}>
        <TextsOfBoth at="stopped" rows={3} fields={automaticFields} />
        <TextsOfBoth at="resumed" rows={3} fields={automaticFields} />
      </Part>
    </>
  );
}

const asked = ['name', 'email', 'phone', 'topic'] as const;

export function ChatSiteForm() {
  const { t } = useText();
  const { entry } = useForm();
  const { allowedOrigins } = entry as ChatSiteConfiguration;
  const isOpenToAll = allowedOrigins.includes('*');
  return (
    <>
      <Naming />
      <Part title={t('admin.part.visitors')}>
        <Line at="title/en" />
        <Line at="title/zh" />
        <site.Line at="colour" isCode hint={t('admin.chatSites.colour.hint')} after={<ColourPicker />} />
        <QueueOf channel="chat" />
        <TextsOfBoth at="welcome" rows={3} fields={automaticFields} />
      </Part>
      <Part title={t('admin.part.form')}>
        <div className="is-wide row admin-checks">
          {asked.map((what) => (
            <site.Check key={what} at={`asks/${what}`} />
          ))}
        </div>
        <div className="is-wide row admin-checks">
          <site.Check at="files" />
          <site.Check at="rating" />
        </div>
      </Part>
      <Part title={t('admin.part.webSite')}>
        <site.Listed
          at="allowedOrigins"
          hint={t(isOpenToAll ? 'admin.chatSites.allowedOrigins.all' : 'admin.chatSites.allowedOrigins.hint')}
        />
        <ScriptTag />
      </Part>
    </>
  );
}

/** The same colour, chosen by eye. */
function ColourPicker() {
  const { t } = useText();
  const { value, put, isReadOnly } = useField<string>('colour');
  return (
    <input
      type="color"
      className="admin-colour"
      aria-label={t('admin.chatSites.colour.pick')}
      value={/^#[0-9a-f]{6}$/i.test(value) ? value : '#ffffff'}
      disabled={isReadOnly}
      onChange={({ target }) => put(target.value)}
    />
  );
}

/** The one line that puts the chat on a page. */
function ScriptTag() {
  const { t } = useText();
  const { entry, bridgeUrl } = useForm();
  const [isCopied, setIsCopied] = useState(false);
  const { id } = entry as ChatSiteConfiguration;
  const tag = `<script src="${new URL('/chat/widget.js', bridgeUrl).href}" data-site="${id}" async></script>`;
  const copy = async () => {
    await navigator.clipboard.writeText(tag);
    setIsCopied(true);
  };
  return (
    <div className="admin-field is-wide">
      <label className="label" htmlFor="field-script-tag">
        {t('admin.chatSites.script')}
      </label>
      <div className="row">
        <div className="field admin-control is-fixed grow">
          <input
            id="field-script-tag"
            className="admin-code"
            value={tag}
            readOnly
            aria-describedby="field-script-tag-mistake"
            onFocus={({ target }) => target.select()}
          />
        </div>
        {/* Whoever may not write there selects the line by hand. */}
        <Button size="small" icon={Copy} onClick={() => void copy().catch(() => document.getElementById('field-script-tag')?.focus())}>
          {t('admin.chatSites.script.copy')}
        </Button>
      </div>
      <p id="field-script-tag-mistake" className="admin-hint small text-3" role="status">
        {t(isCopied ? 'admin.chatSites.script.copied' : 'admin.chatSites.script.hint')}
      </p>
    </div>
  );
}

export function DocumentSourceForm() {
  const { t } = useText();
  const kinds = (['letter', 'form', 'fax'] as const).map((value) => ({ value, label: t(`value.documentKind.${value}`) }));
  return (
    <>
      <Naming />
      <Part title={t('admin.part.pages')}>
        <source.Choice at="kind" options={kinds} />
        <QueueOf channel="document" />
        <source.Line at="folder" isCode isWide emptyIs={null} hint={t('admin.documentSources.folder.hint')} />
      </Part>
    </>
  );
}

export function MessageTemplateForm() {
  const { t } = useText();
  const { channels } = useForm().entry as MessageTemplate;
  return (
    <>
      <Naming />
      <Part title={t('admin.part.use')}>
        <template.Several at="channels" options={writtenChannels.map((value) => ({ value, label: t(`value.channel.${value}`) }))} />
        <template.Line at="shortcut" isCode hint={t('admin.messageTemplates.shortcut.hint')} />
      </Part>
      <Part title={t('admin.part.text')} note={t('admin.messageTemplates.text.note')}>
        {channels.includes('email') || channels.includes('document') ? (
          <TextsOfBoth at="subject" rows={1} fields={templateFields} hint={t('admin.messageTemplates.subject.hint')} />
        ) : null}
        <TextsOfBoth at="text" rows={9} fields={templateFields} />
      </Part>
    </>
  );
}
