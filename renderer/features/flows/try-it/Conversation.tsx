import { AudioLines, OctagonX, Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Simulated } from '../../../../shared/contracts/ivr/commands.ts';
import type { Flow } from '../../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../../shared/contracts/ivr/nodes.ts';
import { useText } from '../../../i18n/index.ts';
import { nodeAt } from '../../../stores/index.ts';
import { classes } from '../../../ui/index.ts';
import { exitName, type FlowNames, flowName, type PromptText, titleOf } from '../words.ts';
import { conversationOf, type NodeVisit } from './conversation.ts';
import { endText } from './end-text.ts';

export interface ConversationProps {
  readonly flow: Flow;
  readonly names: FlowNames;
  readonly run: Simulated;
  readonly promptText: PromptText;
  onShow(nodeId: string): void;
}

/** A run, as it was heard and answered. What is new comes into sight by itself. */
export function Conversation({ flow, names, run, promptText, onShow }: ConversationProps) {
  const text = useText();
  const { t } = text;
  const place = useRef<HTMLDivElement>(null);
  const { length } = run.lines;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is more to read
  useEffect(() => {
    if (place.current) place.current.scrollTop = place.current.scrollHeight;
  }, [length]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
    <div ref={place} className="try-talk" role="log" aria-label={t('flowRuns.conversation')} tabIndex={0}>
      <ol>
        {conversationOf(run.lines).map((visit, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run only grows at its end
          <Visit key={place} visit={visit} flow={flow} names={names} locale={run.locale} promptText={promptText} onShow={onShow} />
        ))}
        {run.end === null ? null : (
          <li className={classes('try-end small', run.end.kind === 'fault' && 'is-fault')}>
            <span className="medium">{endText(text, run.end, names)}</span>
          </li>
        )}
      </ol>
    </div>
  );
}

interface VisitProps extends Pick<ConversationProps, 'flow' | 'names' | 'promptText' | 'onShow'> {
  readonly visit: NodeVisit;
  readonly locale: 'en' | 'zh';
}

function Visit({ visit, flow, names, locale, promptText, onShow }: VisitProps) {
  const text = useText();
  const { t } = text;
  const node = visit.flowId === null ? nodeAt(flow, visit.nodeId) : undefined;
  const elsewhere = visit.flowId === null ? '' : `${flowName(text, names, visit.flowId)} · `;
  const title = node ? titleOf(text, node) : `${elsewhere}${visit.nodeId}`;
  return (
    <li className="try-visit">
      <span className="try-node small">
        {node ? (
          <button
            type="button"
            className="try-node-name text-3"
            title={t('flowRuns.showNode', { name: title })}
            onClick={() => onShow(visit.nodeId)}
          >
            {title}
          </button>
        ) : (
          <span className="text-3">{title}</span>
        )}
        {visit.exit === null || visit.exit === 'next' ? null : <span className="try-exit text-3">{exitName(text, node, visit.exit)}</span>}
      </span>
      {visit.lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run only grows at its end
        <Line key={place} line={line} node={node} locale={locale} promptText={promptText} />
      ))}
    </li>
  );
}

interface LineProps extends Pick<VisitProps, 'locale' | 'promptText'> {
  readonly line: NodeVisit['lines'][number];
  readonly node: FlowNode | undefined;
}

function Line({ line, node, locale, promptText }: LineProps) {
  const { t } = useText();
  switch (line.what) {
    case 'heard': {
      const prompts = line.prompts.map((promptId) => promptText(promptId, locale) ?? t('flowRuns.prompt', { prompt: promptId }));
      return (
        <p className="try-heard small">
          <AudioLines className="icon icon-small tone-accent" role="img" aria-label={t('flowRuns.heard')} />
          <span className="whole">{line.text === 'music' ? t('flowRuns.music') : line.text || prompts.join(' ')}</span>
        </p>
      );
    }
    case 'pressed':
      return (
        <p className="try-pressed">
          <span className="sr-only">{t('flowRuns.pressed')}</span>
          {[...line.text].map((pressed, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: keys in the order in which they were pressed
            <span key={index} className="path-key">
              {pressed}
            </span>
          ))}
        </p>
      );
    case 'silent':
      return <p className="try-pressed small text-3">{t('flowRuns.silent')}</p>;
    case 'looksUp':
      return (
        <p className="try-heard small text-2">
          <Search className="icon icon-small text-3" aria-hidden="true" />
          <span className="whole">
            {node?.kind === 'lookUp' ? t('flowRuns.looksUp', { what: t(`flows.option.${node.what}`) }) : line.text}
          </span>
        </p>
      );
    case 'fault':
      return (
        <p className="try-heard small tone-broken">
          <OctagonX className="icon icon-small" aria-hidden="true" />
          <span className="whole">{line.text}</span>
        </p>
      );
  }
}
