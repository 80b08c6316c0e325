import { useContext, useMemo } from 'react';
import { formatsOf } from '../../i18n/index.ts';
import { Legend, NineBox, NineBoxMini, type PageSource, PageViewer, PointsList, SoundPlayer, StackedColumns } from '../../ui/index.ts';
import { Part } from './Part.tsx';
import { GalleryLanguage, useSay } from './say.ts';

const nothing = () => undefined;
const months = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'];

/** What is drawn, played and leafed through. */
export function Pictures() {
  const say = useSay();
  const formats = formatsOf(useContext(GalleryLanguage));
  const kinds = [say('Voice', '语音'), say('Data', '数据'), say('Roaming', '漫游')];
  const values = [
    [41_000, 42_500, 40_200, 44_100, 45_800, 43_000],
    [22_000, 22_700, 25_100, 25_000, 26_400, 27_900],
    [4_000, 9_600, 12_100, 3_200, 2_900, 12_840],
  ];
  const levels = [say('Low', '低'), say('Medium', '中'), say('High', '高')];
  const boxes = [2, 1, 0].flatMap((y) => [0, 1, 2].map((x) => `${levels[y]} / ${levels[x]}`));
  const source = useMemo(pages, []);
  return (
    <>
      <Part name="StackedColumns, Legend">
        <div className="gallery-box">
          <Legend names={kinds} />
          <StackedColumns
            label={say('Bills by kind', '各类账单')}
            columns={months.map((month) => ({ key: month, mark: formats.monthMark(month), name: formats.monthOf(month) }))}
            series={kinds.map((name, at) => ({ name, values: values[at] ?? [] }))}
            columnTitle={say('Month', '月份')}
            totalTitle={say('Total', '合计')}
            format={(value) => formats.money(value * 100, say('GBP', 'CNY'))}
            axis={formats.short}
            callout={{ column: 5, text: say('Basel', '巴塞尔') }}
          />
        </div>
        <div className="gallery-box">
          <StackedColumns
            label={say('No bills yet', '暂无账单')}
            columns={months.map((month) => ({ key: month, mark: formats.monthMark(month), name: formats.monthOf(month) }))}
            series={[{ name: kinds[0] ?? '', values: [0, 0, 0, 0, 0, 0] }]}
            columnTitle={say('Month', '月份')}
            totalTitle={say('Total', '合计')}
            format={formats.number}
            axis={formats.short}
          />
        </div>
      </Part>
      <Part name="NineBox, NineBoxMini, PointsList">
        <div className="gallery-box">
          <NineBox
            label={say('High value, medium growth', '价值高，成长中等')}
            boxes={boxes}
            at={{ x: 82, y: 55 }}
            was={{ x: 60, y: 40 }}
            others={[{ id: 'o', name: 'Kestrel Housing', x: 20, y: 70 }]}
            xTitle={say('Value', '价值')}
            yTitle={say('Growth', '成长')}
            low={levels[0] ?? ''}
            high={levels[2] ?? ''}
          />
        </div>
        <NineBoxMini label={say('High value, medium growth', '价值高，成长中等')} at={{ x: 82, y: 55 }} />
        <div className="gallery-box">
          <PointsList
            lines={[
              {
                id: '1',
                text: say('Turnover of twelve months', '近十二个月营业额'),
                points: 34,
                note: say('1 for each 5,000', '每 5,000 计 1 分'),
              },
              { id: '2', text: say('Paid late three times', '三次逾期付款'), points: -12 },
            ]}
          />
          <PointsList isAlarming lines={[{ id: '1', text: say('Contract ends in 40 days', '合同 40 天后到期'), points: 25 }]} />
        </div>
      </Part>
      <Part name="SoundPlayer, PageViewer">
        <div className="gallery-box">
          <SoundPlayer
            durationMs={402_000}
            silences={[{ fromMs: 120_000, toMs: 150_000 }]}
            words={{
              ...{ play: say('Play', '播放'), pause: say('Pause', '暂停'), position: say('Position', '位置') },
              ...{
                faster: say('Faster', '加速'),
                failed: say('The sound cannot be had.', '无法获取录音。'),
                silence: say('Silence', '静默'),
              },
            }}
            clock={formats.clock}
            open={() => Promise.resolve(null)}
          />
        </div>
        <div className="gallery-box gallery-viewer">
          <PageViewer
            source={source}
            words={{
              ...{ name: say('Fax from Meridian', '来自百川的传真'), pages: say('Pages', '页'), previous: say('Previous page', '上一页') },
              ...{ next: say('Next page', '下一页'), zoomIn: say('Larger', '放大'), zoomOut: say('Smaller', '缩小') },
              ...{ fitWidth: say('Fit the width', '适合宽度'), rotate: say('Turn', '旋转'), save: say('Save the file', '保存文件') },
              ...{
                find: say('Find in it', '查找'),
                notFound: say('Not found', '未找到'),
                broken: say('This page cannot be shown.', '此页无法显示。'),
              },
              page: (number) => say(`Page ${number}`, `第 ${number} 页`),
              pageOf: (number, count) => say(`Page ${number} of ${count}`, `第 ${number} 页，共 ${count} 页`),
            }}
            onSave={nothing}
          />
        </div>
      </Part>
    </>
  );
}

/** A page with lines on it, and one that cannot be drawn. */
function pages(): PageSource {
  const lines = Array.from(
    { length: 12 },
    (_each, at) => `<rect x="60" y="${120 + at * 40}" width="${at % 4 === 3 ? 220 : 480}" height="10"/>`,
  );
  const page = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 848"><rect x="60" y="60" width="200" height="24"/>${lines.join('')}</svg>`;
  return {
    pages: [0, 1].map(() => ({ width: 600, height: 848 })),
    draw: (index) => Promise.resolve(index === 0 ? new Blob([page], { type: 'image/svg+xml' }) : null),
    close: nothing,
  };
}
