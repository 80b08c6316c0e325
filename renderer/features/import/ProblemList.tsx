import type { ImportProblem } from '../../../shared/contracts/imports.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/index.ts';
import { problemWords } from './words.ts';

/** Rows that are left out, each with where it is wrong, what stands there, and what is wrong with it. */
export function ProblemList({
  problems,
  onMore,
}: {
  readonly problems: readonly ImportProblem[];
  readonly onMore?: (() => void) | undefined;
}) {
  const text = useText();
  const { t } = text;
  return (
    <>
      <table className="import-problems">
        <thead>
          <tr>
            <th scope="col">{t('import.problemRow')}</th>
            <th scope="col">{t('import.problemColumn')}</th>
            <th scope="col">{t('import.problemFound')}</th>
            <th scope="col">{t('import.problemWhat')}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((problem, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that only grows
            <tr key={index}>
              <td className="figures">{problem.row}</td>
              <td className="whole">{problem.column ?? '–'}</td>
              <td className="whole import-found">
                {problem.found === '' ? <span className="text-3">{t('import.nothing')}</span> : problem.found}
              </td>
              <td className="whole">{problemWords(text, problem)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {onMore ? (
        <Button size="small" onClick={onMore}>
          {t('import.moreProblems')}
        </Button>
      ) : null}
    </>
  );
}
