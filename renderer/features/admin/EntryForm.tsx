import { ArrowDown, ArrowUp, ChevronLeft, Copy, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { SectionName } from '../../../shared/contracts/configuration.ts';
import { useText } from '../../i18n/index.ts';
import {
  addEntry,
  type ConfigurationState,
  type Entry,
  keyOf,
  type LoginFailure,
  moveEntry,
  proposedId,
  putAt,
  removeEntry,
  type Stores,
  spotOf,
  statusOf,
} from '../../stores/index.ts';
import { Button, Chip, Dialog, IconButton } from '../../ui/index.ts';
import type { AdminDeeds } from './deeds.ts';
import { type Form, FormContext, focusField } from './form.ts';
import { CapacityForm } from './forms/CapacityForm.tsx';
import { CustomFieldForm } from './forms/CustomFieldForm.tsx';
import { RoleForm, TrunkForm } from './forms/calling-forms.tsx';
import { HoursForm } from './forms/HoursForm.tsx';
import { MailboxForm } from './forms/MailboxForm.tsx';
import { MessageRuleForm } from './forms/MessageRuleForm.tsx';
import { Naming } from './forms/Naming.tsx';
import { PersonForm } from './forms/PersonForm.tsx';
import { QueueForm } from './forms/QueueForm.tsx';
import { SurveyForm } from './forms/SurveyForm.tsx';
import { ApiClientForm, OfficeForm, OrganisationForm, OutcomeForm, RetentionForm, TeamForm } from './forms/small-forms.tsx';
import { ChatSiteForm, DocumentSourceForm, MessageTemplateForm, SmsLineForm } from './forms/written-forms.tsx';
import { mistakesOf, mistakesOfOrganisation } from './mistakes.ts';
import { usesOf } from './references.ts';
import { entryName, placeText, problemText, sectionTitle } from './words.ts';

export interface EntryFormProps {
  readonly stores: Stores;
  readonly state: ConfigurationState;
  readonly section: SectionName | 'organisation';
  readonly index: number | null;
  readonly isReadOnly: boolean;
  onSetPassword(userId: string, password: string): Promise<LoginFailure | null>;
  readonly onTryRules: AdminDeeds['tryRules'];
}

/** One entry: its name, what it is used by, its fields, and what is wrong with them. */
export function EntryForm({ stores, state, section, index, isReadOnly, onSetPassword, onTryRules }: EntryFormProps) {
  const text = useText();
  const { t } = text;
  const { draft, prompts, flows, problems, wanted } = state;
  const bridgeUrl = useStore(stores.settings, (settings) => settings.bridgeUrl);
  const entry = section === 'organisation' ? draft?.organisation : index === null ? undefined : draft?.[section][index];
  const path = section === 'organisation' ? section : `${section}/${index}`;
  const status = section === 'organisation' || index === null ? 'same' : statusOf(state, section, index);
  const isNew = status === 'added';

  const form = useMemo<Form | null>(() => {
    if (!draft || entry === undefined) return null;
    const own = section === 'organisation' ? mistakesOfOrganisation(draft) : index === null ? [] : mistakesOf(draft, section, index);
    const mistakes = new Map<string, string>();
    for (const problem of problems ?? []) {
      const spot = spotOf(draft, problem.path);
      if (spot?.section !== section || spot.index !== index) continue;
      const words = problemText(text, draft, problem);
      mistakes.set(spot.field, words);
      // One of a list is told at the list, where the list is one field.
      mistakes.set(spot.field.replace(/\/\d+$/, ''), words);
    }
    for (const mistake of own) {
      // What is merely not written yet is told once somebody wanted to save it.
      if (mistake.key === 'admin.mistake.required' && isNew && problems === null) continue;
      mistakes.set(mistake.field, t(mistake.key, mistake.facts));
    }
    return {
      section,
      entry,
      configuration: draft,
      prompts,
      flows,
      bridgeUrl,
      isReadOnly,
      isNew,
      mistakes,
      put: (field, value) => stores.configuration.setState((now) => putAt(now, `${path}/${field}`, value), true),
    };
  }, [draft, prompts, flows, bridgeUrl, entry, section, index, isReadOnly, isNew, problems, path, stores, text, t]);

  useEffect(() => {
    if (wanted === null) return;
    stores.configuration.setState({ wanted: null });
    focusField(wanted);
  }, [wanted, stores]);

  if (!form || !draft || entry === undefined) return null;
  return (
    <FormContext value={form}>
      {section === 'organisation' || index === null ? (
        <div className="pane-head">
          <h2>{sectionTitle(text, section)}</h2>
        </div>
      ) : (
        <EntryHead stores={stores} state={state} section={section} index={index} isReadOnly={isReadOnly} mistakes={form.mistakes.size} />
      )}
      {/* A form for the eye only: nothing is sent from here. */}
      <div className="admin-form" key={path}>
        <Whole problem={form.mistakes.get('') ?? null} />
        {formOf(section, onSetPassword, onTryRules)}
      </div>
    </FormContext>
  );
}

/** What is wrong with the entry as such. */
function Whole({ problem }: { readonly problem: string | null }) {
  return problem ? (
    <p className="lost-banner" role="alert">
      {problem}
    </p>
  ) : null;
}

function formOf(
  section: SectionName | 'organisation',
  onSetPassword: EntryFormProps['onSetPassword'],
  onTryRules: AdminDeeds['tryRules'],
): ReactNode {
  switch (section) {
    case 'organisation':
      return <OrganisationForm />;
    case 'orgUnits':
      return <OfficeForm />;
    case 'teams':
      return <TeamForm />;
    case 'users':
      return <PersonForm onSetPassword={onSetPassword} />;
    case 'roles':
      return <RoleForm />;
    case 'skills':
    case 'reasons':
      return <Naming />;
    case 'capacities':
      return <CapacityForm />;
    case 'queues':
      return <QueueForm />;
    case 'hours':
      return <HoursForm />;
    case 'dispositions':
      return <OutcomeForm />;
    case 'trunks':
      return <TrunkForm />;
    case 'apiClients':
      return <ApiClientForm />;
    case 'retention':
      return <RetentionForm />;
    case 'customFields':
      return <CustomFieldForm />;
    case 'mailboxes':
      return <MailboxForm />;
    case 'smsLines':
      return <SmsLineForm />;
    case 'chatSites':
      return <ChatSiteForm />;
    case 'documentSources':
      return <DocumentSourceForm />;
    case 'messageRules':
      return <MessageRuleForm onTry={onTryRules} />;
    case 'messageTemplates':
      return <MessageTemplateForm />;
    case 'surveys':
      return <SurveyForm />;
  }
}

function EntryHead(props: {
  readonly stores: Stores;
  readonly state: ConfigurationState;
  readonly section: SectionName;
  readonly index: number;
  readonly isReadOnly: boolean;
  readonly mistakes: number;
}) {
  const { stores, state, section, index, isReadOnly, mistakes } = props;
  const text = useText();
  const { t } = text;
  const [isRemoving, setIsRemoving] = useState(false);
  const { draft } = state;
  const entry = draft?.[section][index];
  if (!draft || !entry) return null;
  const name = entryName(text, section, entry);
  const status = statusOf(state, section, index);
  const uses = usesOf(draft, section, keyOf(section, entry)).map((use) => placeText(text, draft, `${use.section}/${use.index}`));

  const duplicate = () => stores.configuration.setState((now) => addEntry(now, section, copyOf(text, draft, section, entry)), true);
  const remove = () => {
    setIsRemoving(false);
    stores.configuration.setState((now) => removeEntry(now, section, index), true);
    document.getElementById('place-work')?.focus();
  };

  return (
    <>
      <div className="pane-head">
        <IconButton
          className="admin-back"
          icon={ChevronLeft}
          label={t('admin.entry.back')}
          onClick={() => stores.configuration.setState(({ selected: { [section]: _closed, ...selected } }) => ({ selected }))}
        />
        <h2 className="cut" title={name}>
          {name}
        </h2>
        {status === 'same' ? null : <Chip tone="accent">{t(`admin.entry.${status}`)}</Chip>}
        {mistakes > 0 ? <Chip tone="broken">{t('admin.entry.problems', { count: mistakes })}</Chip> : null}
        {isReadOnly ? null : (
          <span className="row push">
            {section === 'messageRules' ? <Places stores={stores} index={index} count={draft.messageRules.length} /> : null}
            <IconButton icon={Copy} label={t('admin.entry.duplicate')} onClick={duplicate} />
            <IconButton icon={Trash2} label={t('admin.entry.remove')} onClick={() => setIsRemoving(true)} />
          </span>
        )}
      </div>
      {uses.length > 0 ? (
        <p className="admin-uses small text-3">{t('admin.entry.usedBy', { count: uses.length, places: few(text, uses) })}</p>
      ) : null}
      <Dialog
        title={t('admin.remove.title', { name })}
        isOpen={isRemoving}
        onClose={() => setIsRemoving(false)}
        footer={
          <>
            <Button onClick={() => setIsRemoving(false)}>{t('admin.cancel')}</Button>
            <Button kind="end" onClick={remove}>
              {t('admin.entry.remove')}
            </Button>
          </>
        }
      >
        <div className="dialog-body">
          <p className="text-2">{t('admin.remove.text')}</p>
          {uses.length > 0 ? (
            <>
              <p className="text-2">{t('admin.remove.used')}</p>
              <ul className="admin-use-list">
                {uses.map((use) => (
                  <li key={use}>{use}</li>
                ))}
              </ul>
            </>
          ) : null}
        </div>
      </Dialog>
    </>
  );
}

/** The rules are asked in their order. The buttons stay where they are at the ends, so that the keyboard does too. */
function Places({ stores, index, count }: { readonly stores: Stores; readonly index: number; readonly count: number }) {
  const { t } = useText();
  const move = (to: number) => stores.configuration.setState((now) => moveEntry(now, 'messageRules', index, to), true);
  return (
    <>
      <span className="small text-3 nowrap" role="status">
        {t('admin.messageRules.place', { place: index + 1, count })}
      </span>
      <IconButton icon={ArrowUp} label={t('admin.messageRules.up')} aria-disabled={index === 0} onClick={() => move(index - 1)} />
      <IconButton
        icon={ArrowDown}
        label={t('admin.messageRules.down')}
        aria-disabled={index === count - 1}
        onClick={() => move(index + 1)}
      />
    </>
  );
}

function few({ formats }: ReturnType<typeof useText>, places: readonly string[]): string {
  const joint = formats.language === 'zh' ? '、' : ', ';
  return places.length <= 4 ? places.join(joint) : `${places.slice(0, 4).join(joint)}${joint}…`;
}

function copyOf(
  text: ReturnType<typeof useText>,
  draft: NonNullable<ConfigurationState['draft']>,
  section: SectionName,
  entry: Entry,
): Entry {
  const keys = draft[section].map((each) => keyOf(section, each));
  const key = proposedId(section, keyOf(section, entry), keys) || '';
  const named = entry as unknown as { name: string | { en: string; zh: string } };
  const name =
    typeof named.name === 'string'
      ? text.t('admin.entry.copy', { name: named.name })
      : { en: `${named.name.en} (copy)`, zh: `${named.name.zh}（副本）` };
  const copy = { ...entry, name, [section === 'dispositions' ? 'code' : 'id']: key } as unknown as Entry;
  if (section !== 'users') return copy;
  // Two people share no number and no sign-in name.
  const user = copy as Entry<'users'>;
  return { ...user, username: key, agent: user.agent ? { ...user.agent, id: key, extension: '' } : null };
}
