import { Plus } from 'lucide-react';
import type { Guide } from '../../../shared/contracts/guides.ts';
import { useText } from '../../i18n/index.ts';
import type { GuideEditorState } from '../../stores/index.ts';
import { Button, Field, Select } from '../../ui/index.ts';
import { noWords, put } from './blank.ts';
import { Conditions, Piece, WordsField } from './parts.tsx';

/** No queue has such an id. */
const anyQueue = '';
const kinds = ['complaint', 'serviceRequest', 'repair'] as const;

/** The guide itself: what it is called, what opens it, which case it opens and what follows. */
export function WholeForm(props: {
  readonly guide: Guide;
  readonly references: GuideEditorState['references'];
  onChange(guide: Guide): void;
}) {
  const { guide, references, onChange } = props;
  const { t, formats } = useText();
  return (
    <div className="ge-form">
      <WordsField label={t('guideEditor.guideName')} most={80} value={guide.name} onChange={(name) => onChange({ ...guide, name })} />
      <h3>{t('guideEditor.opens')}</h3>
      {guide.opens.length === 0 ? <p className="text-3">{t('guideEditor.opensByHand')}</p> : null}
      {guide.opens.map((opens, index) => (
        <Piece
          // biome-ignore lint/suspicious/noArrayIndexKey: occasions have no names
          key={index}
          title={t('guideEditor.occasion', { number: index + 1 })}
          list={guide.opens}
          index={index}
          onChange={(list) => onChange({ ...guide, opens: list })}
        >
          <Select
            className="ge-short"
            label={t('guideEditor.queue')}
            value={opens.queueId ?? anyQueue}
            choices={[
              { value: anyQueue, label: t('guideEditor.anyQueue') },
              ...references.queues.map(({ id, name }) => ({ value: id, label: name[formats.language] })),
            ]}
            onChange={(queueId) =>
              onChange({ ...guide, opens: put(guide.opens, index, { ...opens, queueId: queueId === anyQueue ? null : queueId }) })
            }
          />
          <Conditions
            label={t('guideEditor.when')}
            value={opens.when}
            onChange={(when) => onChange({ ...guide, opens: put(guide.opens, index, { ...opens, when }) })}
          />
        </Piece>
      ))}
      <Button
        icon={Plus}
        disabled={guide.opens.length >= 20}
        onClick={() => onChange({ ...guide, opens: [...guide.opens, { queueId: null, when: [] }] })}
      >
        {t('guideEditor.addOccasion')}
      </Button>
      <h3>{t('guideEditor.case')}</h3>
      <Select
        className="ge-short"
        label={t('guideEditor.caseKind')}
        value={guide.case.kind}
        choices={kinds.map((value) => ({ value, label: t(`case.${value}`) }))}
        onChange={(kind) => onChange({ ...guide, case: { ...guide.case, kind } })}
      />
      <WordsField
        label={t('guideEditor.subject')}
        most={200}
        value={guide.case.subject}
        onChange={(subject) => onChange({ ...guide, case: { ...guide.case, subject } })}
      />
      <h3>{t('guide.follows')}</h3>
      {guide.followUps.map((followUp, index) => {
        const changed = (change: Partial<typeof followUp>) =>
          onChange({ ...guide, followUps: put(guide.followUps, index, { ...followUp, ...change }) });
        return (
          <Piece
            // biome-ignore lint/suspicious/noArrayIndexKey: what follows has no names
            key={index}
            title={t(`guideEditor.follow.${followUp.kind}`)}
            list={guide.followUps}
            index={index}
            onChange={(followUps) => onChange({ ...guide, followUps })}
          >
            <div className="ge-row">
              <Select
                label={t('guideEditor.kind')}
                value={followUp.kind}
                choices={(['task', 'promise'] as const).map((value) => ({ value, label: t(`guideEditor.follow.${value}`) }))}
                onChange={(kind) => changed({ kind })}
              />
              <Field
                label={t('guideEditor.inHours')}
                inputMode="numeric"
                value={String(followUp.inHours)}
                onChange={({ target }) => changed({ inHours: Math.min(2_160, Math.max(1, Math.round(Number(target.value)) || 1)) })}
              />
            </div>
            <WordsField label={t('guideEditor.label')} most={200} value={followUp.text} onChange={(text) => changed({ text })} />
            <Conditions label={t('guideEditor.when')} value={followUp.when} onChange={(when) => changed({ when })} />
          </Piece>
        );
      })}
      <Button
        icon={Plus}
        disabled={guide.followUps.length >= 10}
        onClick={() =>
          onChange({ ...guide, followUps: [...guide.followUps, { kind: 'task', text: { ...noWords }, inHours: 24, when: [] }] })
        }
      >
        {t('guideEditor.addFollowUp')}
      </Button>
    </div>
  );
}
