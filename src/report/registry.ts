/** The forms of report, one line each. */
import type { ReportForm } from '../parts.js';
import { csvForm } from './csv.js';
import { jsonlForm } from './jsonl.js';

export const reportForms: readonly ReportForm[] = [csvForm, jsonlForm];
