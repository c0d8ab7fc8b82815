/**
 * Decides a request. In shadow a request with a bad token is let through and reported; enforced, it is refused.
 * A request for another tenant than the token's is refused in both.
 */
export function authorize(request, mode) {
  const verified = request.token?.valid === true;
  if (verified && request.token.tenant !== request.tenant) return { status: 403, reported: true };
  if (verified) return { status: 200, reported: false };
  return mode === 'enforced' ? { status: 401, reported: true } : { status: 200, reported: true };
}
