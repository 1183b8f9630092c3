// A certified provider of the platform and of an agency's system, on loopback, for a bounded time: `node provider.mjs <port> <platform> <slug> <seconds>`.
// It ends with its parent (standard input closes) or when its time is over. Its own development pages are its forms; whoever
// types the second factor as the password has proven two. `POST /let-go/<person>` closes an account, and
// `POST /take-back/<person>` opens it again.
import { Provider } from 'oidc-provider';

const [port, platform, slug, seconds] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const two_factors = 'urn:example:two-factors';
const gone = new Set();

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'concordat',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [`${platform}/sign-in/${slug}/callback`],
    post_logout_redirect_uris: [`${platform}/`],
    id_token_signed_response_alg: 'RS256',
    backchannel_logout_uri: `${platform}/sign-in/${slug}/back-channel-logout`,
    backchannel_logout_session_required: true,
    require_auth_time: true,
  }, {
    // An agency's system, which gets access tokens for the platform by itself.
    client_id: 'records-system',
    client_secret: 'a-secret-of-the-provider-alone',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  }],
  acrValues: [two_factors],
  claims: { acr: null, auth_time: null, iss: null, sid: null, openid: ['sub'] },
  issueRefreshToken: (context, client) => client.grantTypeAllowed('refresh_token'),
  features: {
    backchannelLogout: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (context, resource) => ({
        scope: '', audience: resource, accessTokenFormat: resource.endsWith('/opaque') ? 'opaque' : 'jwt',
        accessTokenTTL: 3600, jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
  pkce: { required: () => true },
  // The default one refuses every private address, and this machine's is one.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  findAccount: (context, id) => gone.has(id) ? undefined : ({ accountId: id, claims: () => ({ sub: id, agency: 'home-office', roles: ['admin'] }) }),
});

async function typed(request) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

// The development pages prove no level: signing in is ours, with what the person typed. The other forms are theirs.
provider.use(async (context, next) => {
  const [, page, name] = context.path.split('/');
  if (context.method === 'POST' && page === 'let-go') {
    gone.add(name);
    context.status = 204;
  } else if (context.method === 'POST' && page === 'take-back') {
    gone.delete(name);
    context.status = 204;
  } else if (context.method === 'POST' && page === 'interaction' && name
      && (await provider.interactionDetails(context.req, context.res)).prompt.name === 'login') {
    const form = await typed(context.req);
    const proven = form.get('password') === 'second factor' ? { acr: two_factors, amr: ['pwd', 'otp'] } : {};
    const result = { login: { accountId: form.get('login'), ...proven } };
    await provider.interactionFinished(context.req, context.res, result, { mergeWithLastSubmission: false });
  } else {
    await next();
  }
});

provider.listen(Number(port), '127.0.0.1', () => console.log('listening'));
setTimeout(() => process.exit(0), Number(seconds) * 1000);
process.stdin.on('end', () => process.exit(0)).resume();
