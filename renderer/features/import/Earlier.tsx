import { FileText } from 'lucide-react';
import { useText } from '../../i18n/index.ts';
import type { ImportState } from '../../stores/index.ts';
import { type Action, Button, Chip, classes, tipOf } from '../../ui/index.ts';
import type { ImportDeeds } from './deeds.ts';
import { stateTones } from './words.ts';

/** Every import there was, the newest first. */
export function Earlier({ state, deeds, choose }: { readonly state: ImportState; readonly deeds: ImportDeeds; readonly choose: Action }) {
  const { t, formats } = useText();
  const { asked, imports, open } = state;
  return (
    <section className="pane import-earlier" id="place-work" tabIndex={-1} aria-labelledby="import-earlier-title">
      <div className="pane-head">
        <h2 id="import-earlier-title">{t('import.earlier')}</h2>
        <span className="push" />
        <Button size="small" {...tipOf(choose.label, choose.shortcut)} disabled={!choose.isEnabled} onClick={choose.perform}>
          {t('import.new')}
        </Button>
      </div>
      <div className="import-earlier-list">
        {asked.phase === 'failed' ? <p className="small tone-broken import-note">{t(`failure.${asked.code}`)}</p> : null}
        {asked.phase === 'ready' && imports.length === 0 ? <p className="small text-3 import-note">{t('import.earlierNone')}</p> : null}
        <ul>
          {imports.map((view) => (
            <li key={view.importId}>
              <button
                type="button"
                className={classes('import-earlier-line', view.importId === open?.importId && 'is-on')}
                aria-current={view.importId === open?.importId ? 'true' : undefined}
                onClick={() => void deeds.show(view.importId)}
              >
                <FileText className="icon text-3" aria-hidden="true" />
                <span className="import-earlier-words">
                  <span className="whole medium">{view.fileName}</span>
                  <span className="small text-3 whole">
                    {t('import.byAt', { name: view.by, date: formats.date(view.at), time: formats.time(view.at) })}
                  </span>
                  <span className="import-earlier-state small text-3">
                    <Chip tone={stateTones[view.state]}>{t(`import.state.${view.state}`)}</Chip>
                    {view.read > 0 ? t('import.rows', { count: view.read, number: formats.number(view.read) }) : null}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
