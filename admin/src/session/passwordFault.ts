/** The server's rule for passwords (WEAK_PASSWORD), told before it is asked; a key of this room's words. */
export function passwordFault(
  password: string,
  userName: string,
): 'passwordShort' | 'passwordIsUserName' | undefined {
  if (password.toLowerCase() === userName.toLowerCase()) return 'passwordIsUserName'
  return password.length < 10 ? 'passwordShort' : undefined
}
