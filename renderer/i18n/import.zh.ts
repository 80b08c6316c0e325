import type { importEn } from './import.en.ts';
import type { TextsLike } from './texts.ts';

export const importZh: TextsLike<typeof importEn> = {
  'action.place.import': '导入客户',
  'action.import.chooseFile': '选择导入文件',
  'action.import.check': '检查导入',
  'action.import.start': '开始导入',
  'rail.import': '导入',
};
