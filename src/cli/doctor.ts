import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { examine, type Finding } from '../doctor/examine.ts';
import { textFor, type Text } from '../text/catalogue.ts';
import { printJson } from './report.ts';

const SIGN = { ok: '✓', notice: '•', missing: '✗' };

/** `encore doctor [--json]`: what was found, and what to do about what is missing. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('say what was found (database, ffmpeg, models, fonts, Slack) and what to do about what is missing')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: boolean }) => {
      const config = readConfig(undefined, { LOG_LEVEL: 'silent' });
      const text = textFor(config.locale);
      const findings = await examine(config, text);
      if (json) printJson(findings);
      else process.stdout.write(findings.map((finding) => lineOf(finding, text)).join(''));
      if (findings.some(({ state }) => state === 'missing')) process.exitCode = 1;
    });

const lineOf = ({ part, state, found, todo }: Finding, text: Text): string => `${SIGN[state]} ${text.t('doctor.line', { part: text.t(`doctor.${part}`), found })}\n${todo ? `    → ${todo}\n` : ''}`;
