import { RotateCcw, SquarePen, Undo2, Volume2, VolumeOff } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import type { Flow, FlowTest, Pretended } from '../../../../shared/contracts/ivr/flow.ts';
import { useText } from '../../../i18n/index.ts';
import { Button, classes, Field, IconButton, Select } from '../../../ui/index.ts';
import type { FlowRunDeeds } from '../run-deeds.ts';
import type { FlowNames, PromptText } from '../words.ts';
import { CallDraft } from './CallDraft.tsx';
import { CallerForm } from './CallerForm.tsx';
import { Conversation } from './Conversation.tsx';
import { type CallerName, callerNames, pretend, wallClock, withAnswersFor } from './callers.ts';
import { canBeKept, lengthMs, standsAt, testOf } from './conversation.ts';
import { isKey, KeyPad } from './KeyPad.tsx';
import { useRun } from './use-run.ts';
import { type PlaySound, useSound } from './use-sound.ts';

export interface TryItProps {
  readonly flow: Flow;
  readonly names: FlowNames;
  readonly deeds: Pick<FlowRunDeeds, 'simulate' | 'openTry' | 'callDraft' | 'openPrompt'>;
  readonly isReadOnly: boolean;
  readonly promptText: PromptText;
  /** A test to step through from its beginning, each time another one. */
  readonly test: FlowTest | null;
  /** How a prompt is heard; the page's own sound without it. */
  readonly playSound?: PlaySound | undefined;
  /** The node at which the run stands; null: at none. */
  onStands(nodeId: string | null): void;
  onShow(nodeId: string): void;
  onKeep(test: FlowTest): void;
}

type Chosen = CallerName | 'own';

/** The flow as it is drawn, stepped through with a caller who is made up: what they hear, and a keypad to answer with. */
export function TryIt(props: TryItProps) {
  const { flow, names, deeds, isReadOnly, test, onStands } = props;
  const text = useText();
  const { t, formats } = text;
  const [chosen, setChosen] = useState<Chosen>(test ? 'own' : 'unknown');
  const [made, setMade] = useState<Pretended>(() => test?.given ?? fresh('unknown'));
  const [open, setOpen] = useState<'caller' | 'keep' | 'call' | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const { nodes } = flow;
  const given = useMemo(() => withAnswersFor(made, chosen === 'own' ? 'unknown' : chosen, { nodes }), [made, chosen, nodes]);
  const tried = useRun(deeds.simulate, flow, given, test?.steps ?? []);
  const { run, steps, failure } = tried;
  const [isHeard, setIsHeard] = useState(false);
  useSound(run, steps.length, isHeard, deeds.openPrompt, props.playSound);

  const standing = standsAt(run);
  useEffect(() => onStands(standing), [standing, onStands]);
  useEffect(() => () => onStands(null), [onStands]);

  function fresh(name: CallerName): Pretended {
    return pretend(name, { nodes: flow.nodes }, { dialled: names.dialled[0] ?? '', at: wallClock(Date.now()) });
  }
  const choose = (value: Chosen) => {
    setChosen(value);
    if (value !== 'own') setMade(fresh(value));
    tried.startAgain();
  };

  const waitsFor = run?.end === null ? (run.at?.waitsFor ?? null) : null;
  const isWaiting = waitsFor !== null;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, ctrlKey, altKey, metaKey, target } = event;
    const isTypedElsewhere = target instanceof HTMLElement && target.closest('input, select, textarea, [role="dialog"]') !== null;
    if (!isKey(key) || ctrlKey || altKey || metaKey || isTypedElsewhere || !isWaiting) return;
    event.preventDefault();
    setTyped(key);
    tried.press(key);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the keyboard are keys of the telephone wherever in it the focus is
    <div className="try-it" onKeyDown={onKeyDown} onKeyUp={() => setTyped(null)} onBlur={() => setTyped(null)}>
      <div className="try-caller">
        <Select
          className="grow"
          label={t('flowRuns.as')}
          value={chosen}
          choices={[
            ...callerNames.map((value) => ({ value, label: t(`flowRuns.caller.${value}`) })),
            ...(chosen === 'own' ? [{ value: 'own' as const, label: t('flowRuns.caller.own') }] : []),
          ]}
          onChange={choose}
        />
        <IconButton icon={SquarePen} label={t('flowRuns.caller.edit')} onClick={() => setOpen('caller')} />
      </div>
      {run ? (
        <Conversation flow={flow} names={names} run={run} promptText={props.promptText} onShow={props.onShow} />
      ) : (
        <p className="try-none small text-2" role="status">
          {failure === null ? t('flowRuns.starting') : failure === 'bad_request' ? t('flowRuns.cannotRun') : t(`failure.${failure}`)}
        </p>
      )}
      <div className="try-line">
        <span className="small text-3 grow">{waitsFor === null ? '' : t(`flowRuns.waits.${waitsFor}`)}</span>
        <span className="small medium figures tone-accent">
          <span className="sr-only">{t('flowRuns.length')} </span>
          {formats.clock(lengthMs(run?.lines ?? []))}
        </span>
        <IconButton
          className={classes(isHeard && 'is-on')}
          icon={isHeard ? Volume2 : VolumeOff}
          label={t('flowRuns.sound')}
          aria-pressed={isHeard}
          onClick={() => setIsHeard(!isHeard)}
        />
        <IconButton icon={Undo2} label={t('flowRuns.back')} disabled={steps.length === 0} onClick={tried.back} />
        <IconButton icon={RotateCcw} label={t('flowRuns.again')} disabled={steps.length === 0} onClick={tried.startAgain} />
      </div>
      <div className="try-hand">
        <KeyPad isOff={!isWaiting} pressed={typed} onKey={tried.press} />
        <div className="try-deeds">
          <Button size="small" disabled={!isWaiting} onClick={() => tried.does('staysSilent')}>
            {t('flowRuns.staySilent')}
          </Button>
          <Button size="small" disabled={!isWaiting} onClick={() => tried.does('hangsUp')}>
            {t('flowRuns.hangUp')}
          </Button>
          {isReadOnly ? null : (
            <>
              <Button
                size="small"
                disabled={!canBeKept(run)}
                aria-expanded={open === 'keep'}
                onClick={() => setOpen(open === 'keep' ? null : 'keep')}
              >
                {t('flowRuns.keep')}
              </Button>
              <Button size="small" onClick={() => setOpen('call')}>
                {t('flowRuns.call')}
              </Button>
            </>
          )}
        </div>
      </div>
      {open === 'keep' && run && canBeKept(run) ? (
        <KeepTest
          onCancel={() => setOpen(null)}
          onKeep={(name) => {
            const kept = testOf(name, given, steps, run);
            if (kept) props.onKeep(kept);
            setOpen(null);
          }}
        />
      ) : null}
      {open === 'caller' ? (
        <CallerForm
          flow={flow}
          given={given}
          onClose={() => setOpen(null)}
          onChange={(changed) => {
            setChosen('own');
            setMade(changed);
          }}
        />
      ) : null}
      {open === 'call' ? <CallDraft flowId={flow.flowId} deeds={deeds} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

const longestName = 120;

function KeepTest({ onKeep, onCancel }: { onKeep(name: string): void; onCancel(): void }) {
  const { t } = useText();
  const [name, setName] = useState('');
  const hint = useId();
  return (
    <form
      className="try-keep"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onKeep(name);
      }}
    >
      <Field
        label={t('flowRuns.keep.name')}
        value={name}
        maxLength={longestName}
        autoFocus
        aria-describedby={hint}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
        }}
      />
      <p id={hint} className="small text-3">
        {t('flowRuns.keep.text')}
      </p>
      <div className="row">
        <Button size="small" type="submit" disabled={name.trim() === ''}>
          {t('flowRuns.keep.keep')}
        </Button>
        <Button size="small" kind="quiet" onClick={onCancel}>
          {t('flows.cancel')}
        </Button>
      </div>
    </form>
  );
}
