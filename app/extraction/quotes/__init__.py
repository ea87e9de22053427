"""Who is quoted, in what words: content, cue and source, the speaker and the kind of quote."""
