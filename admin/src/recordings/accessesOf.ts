/** Where it is told who listened to a recording. */
export const accessesOf = (recordingId: string): string => `/recordings/${recordingId}/access`
