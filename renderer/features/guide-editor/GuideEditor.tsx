import { Plus } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import type { GuideProblem } from '../../../shared/contracts/guides.ts';
import { type Text, useText } from '../../i18n/index.ts';
import type { GuideBeingWritten, Stores } from '../../stores/index.ts';
import { type Action, Button, Chip, classes, EmptyState } from '../../ui/index.ts';
import { blankStep, freeName, moved, put } from './blank.ts';
import { EditorDialogs } from './EditorDialogs.tsx';
import type { GuideEditorDeeds } from './guide-editor-deeds.ts';
import { StepForm } from './StepForm.tsx';
import { WholeForm } from './WholeForm.tsx';
import './guide-editor.css';

export interface GuideEditorProps {
  readonly stores: Stores;
  readonly deeds: GuideEditorDeeds;
  readonly tryIt: Action;
  /** The draft as agents go through it, while it is tried. */
  readonly trial: ReactNode;
}

/** Guides: which there are, and the one that is being written, step by step, with what is wrong with it on its place. */
export function GuideEditor({ stores, deeds, tryIt, trial }: GuideEditorProps) {
  const { t, formats } = useText();
  const { asked, guides, open } = useStore(stores.guideEditor);
  useEffect(() => {
    void deeds.open();
  }, [deeds]);
  return (
    <main className="guide-editor" id="place-centre" tabIndex={-1}>
      <section className="pane ge-list" aria-label={t('rail.guides')}>
        <div className="pane-head">
          <h1>{t('rail.guides')}</h1>
          <span className="push" />
          <Button size="small" icon={Plus} onClick={() => deeds.showDialog('new')}>
            {t('guideEditor.new')}
          </Button>
        </div>
        {asked.phase === 'failed' ? <p className="ge-told field-problem">{t(`failure.${asked.code}`)}</p> : null}
        <ul className="ge-lines">
          {guides.map(({ guideId, name, live, draft }) => (
            <li key={guideId}>
              <button
                type="button"
                className={classes('ge-line', open?.guide.guideId === guideId && 'is-on')}
                aria-current={open?.guide.guideId === guideId}
                onClick={() => void deeds.choose(guideId)}
              >
                <span className="medium cut">{name[formats.language]}</span>
                <span className="small text-3">
                  {live ? t('guideEditor.live', { version: live.version }) : t('guideEditor.notLive')}
                  {draft ? ` · ${t('guideEditor.draftBy', { name: draft.by.name })}` : ''}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      {open ? (
        <OpenGuide stores={stores} deeds={deeds} open={open} tryIt={tryIt} />
      ) : (
        <EmptyState title={t('guideEditor.noneOpen')}>{t('guideEditor.noneOpenText')}</EmptyState>
      )}
      <EditorDialogs stores={stores} deeds={deeds} />
      {trial}
    </main>
  );
}

function OpenGuide({ stores, deeds, open, tryIt }: Omit<GuideEditorProps, 'trial'> & { readonly open: GuideBeingWritten }) {
  const text = useText();
  const { t, formats } = text;
  const { guide, live, revision, problems, stepId, saving } = open;
  const references = useStore(stores.guideEditor, (state) => state.references);
  const at = guide.steps.findIndex(({ id }) => id === stepId);
  const step = guide.steps[at];
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const move = (by: -1 | 1) => deeds.write({ ...guide, steps: moved(guide.steps, at, by) });
  return (
    <section className="pane ge-open" aria-label={guide.name[formats.language]}>
      <div className="pane-head">
        <h2 className="cut">{guide.name[formats.language]}</h2>
        <Chip tone={live === null ? 'plain' : 'ready'}>
          {live === null ? t('guideEditor.notLive') : t('guideEditor.live', { version: live })}
        </Chip>
        <span className="small text-3 nowrap" role="status">
          {saving.phase === 'failed' ? t(`failure.${saving.code}`) : t(`guideEditor.saving.${saving.phase}`)}
        </span>
        <span className="push" />
        <Button size="small" kind="quiet" shortcut={tryIt.shortcut} onClick={tryIt.perform}>
          {t('guideEditor.try')}
        </Button>
        <Button size="small" kind="quiet" onClick={() => deeds.showDialog('versions')}>
          {t('guideEditor.versions')}
        </Button>
        {live === null ? null : (
          <Button size="small" kind="quiet" onClick={() => deeds.showDialog('withdraw')}>
            {t('guideEditor.withdraw')}
          </Button>
        )}
        {revision === null ? null : (
          <Button size="small" kind="quiet" onClick={() => void deeds.discard()}>
            {t('guideEditor.discard')}
          </Button>
        )}
        <Button
          size="small"
          kind="primary"
          disabled={revision === null || errors > 0 || saving.phase !== 'saved'}
          onClick={() => deeds.showDialog('publish')}
        >
          {t('guideEditor.publish')}
        </Button>
      </div>
      <div className="ge-body">
        <nav className="ge-steps" aria-label={t('guide.steps')}>
          <StepLine title={t('guideEditor.whole')} isOn={!step} problems={problemsAt(problems, null)} onOpen={() => deeds.showStep(null)} />
          {guide.steps.map(({ id, title }, index) => (
            <StepLine
              key={id}
              title={`${index + 1}. ${title[formats.language] || id}`}
              isOn={id === stepId}
              problems={problemsAt(problems, id)}
              onOpen={() => deeds.showStep(id)}
            />
          ))}
          <Button
            size="small"
            kind="quiet"
            icon={Plus}
            disabled={guide.steps.length >= 40}
            onClick={() => {
              const id = freeName(
                'step',
                guide.steps.map((each) => each.id),
              );
              deeds.write({ ...guide, steps: [...guide.steps, blankStep(id)] });
              deeds.showStep(id);
            }}
          >
            {t('guideEditor.addStep')}
          </Button>
        </nav>
        <div className="ge-now">
          <Problems text={text} problems={step ? problemsAt(problems, step.id) : problemsAt(problems, null)} />
          {step ? (
            <>
              <div className="ge-step-head">
                <Button size="small" kind="quiet" disabled={at === 0} onClick={() => move(-1)}>
                  {t('guideEditor.up')}
                </Button>
                <Button size="small" kind="quiet" disabled={at === guide.steps.length - 1} onClick={() => move(1)}>
                  {t('guideEditor.down')}
                </Button>
                <span className="push" />
                <Button
                  size="small"
                  kind="quiet"
                  disabled={guide.steps.length < 2}
                  onClick={() => {
                    deeds.showStep(null);
                    deeds.write({ ...guide, steps: put(guide.steps, at, null) });
                  }}
                >
                  {t('guideEditor.removeStep')}
                </Button>
              </div>
              <StepForm
                key={step.id}
                guide={guide}
                step={step}
                references={references}
                onChange={(changed) => deeds.write({ ...guide, steps: put(guide.steps, at, changed) })}
              />
            </>
          ) : (
            <WholeForm guide={guide} references={references} onChange={deeds.write} />
          )}
        </div>
      </div>
    </section>
  );
}

function StepLine(props: { readonly title: string; readonly isOn: boolean; readonly problems: readonly GuideProblem[]; onOpen(): void }) {
  const { t } = useText();
  const { title, isOn, problems, onOpen } = props;
  const isBroken = problems.some(({ severity }) => severity === 'error');
  return (
    <button type="button" className={classes('ge-line', isOn && 'is-on')} aria-current={isOn} onClick={onOpen}>
      <span className="cut">{title}</span>
      {problems.length > 0 ? (
        <Chip tone={isBroken ? 'broken' : 'waiting'}>{t('guideEditor.problems', { count: problems.length })}</Chip>
      ) : null}
    </button>
  );
}

function Problems({ text: { t }, problems }: { readonly text: Text; readonly problems: readonly GuideProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className="ge-problems" aria-label={t('guideEditor.wrong')}>
      {problems.map(({ severity, code, field, facts }) => (
        <li key={`${code} ${field} ${facts.language}`} className={classes('small', severity === 'error' ? 'is-broken' : 'is-odd')}>
          {t(`guideEditor.problem.${code}`, { ...facts, place: field ?? '' })} {field ? <code className="text-3">{field}</code> : null}
        </li>
      ))}
    </ul>
  );
}

const problemsAt = (problems: readonly GuideProblem[], stepId: string | null) => problems.filter((problem) => problem.stepId === stepId);
