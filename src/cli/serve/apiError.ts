/** A refusal in the shape that clients of OpenAI's API read: `{ error: { message, type, param, code } }`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: { readonly code?: string; readonly param?: string; readonly retryAfterSeconds?: number } = {},
  ) {
    super(message);
  }

  get body(): object {
    const { code = null, param = null } = this.details;
    const type = this.status === 429 || this.status >= 500 ? 'server_error' : 'invalid_request_error';
    return { error: { message: this.message, type, param, code } };
  }
}

export const badRequest = (param: string, message: string): ApiError =>
  new ApiError(400, `${param}: ${message}`, { param, code: 'invalid_value' });
