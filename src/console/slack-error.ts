/**
 * What a Web API method refuses with: `{ ok: false, error, errors, response_metadata }`.
 * @example new SlackError('invalid_blocks', ['invalid slack file [json-pointer:/blocks/0/slack_file]'])
 */
export class SlackError extends Error {
  readonly code: string;
  readonly details: string[];

  constructor(code: string, details: string[] = []) {
    super(code);
    this.name = 'SlackError';
    this.code = code;
    this.details = details;
  }
}
