"""Words that say nothing of what a text is about. General knowledge, written from memory."""

from __future__ import annotations

from app.words import words

STOPWORDS = words(
    """
    about above according across after again against ahead almost alone along already also although
    always among another anybody anyone anything around asked away back became because become
    becomes been before began begin begins begun behind being below beside best better between
    beyond both bring brought call called calls came cannot come comes coming could daily days did
    does doing done down during each early either else end enough ever every everybody everyone
    everything expected fact fell felt few find first five following former found four from full
    gave get gets give given gives going gone good great group had half hand has have having held
    help her here herself high himself his hold hope hour hours house how however hundred hundreds
    into itself just keep keeps kept knew know known knows last late later least leave leaves left
    less like likely little local long longer look made make makes making many matter maybe mean
    means meant might million minute minutes month months more morning most much must named near
    nearly need needs never next nine nobody none nothing now number off often once one only open
    opened other others our out over own part people percent per place plan plans point public put
    rather reached real really right run said same saw say saying says second seen sent set seven
    several shall she should side since six small some somebody someone something soon spoke stand
    start started state stay still such take taken takes taking tell than thank that the their them
    then there these they thing things think third this those though thought thousand thousands
    three through time times today together told tomorrow too took toward towards tried true turn
    turned twelve twenty twice two under until upon use used very wait want wanted wants was way
    week weeks well went were what when where whether which while who whole whom whose why will
    wish with within without woman women word words work worked would year years yesterday yet you
    young your eight eleven home life night world long-time spokesman spokeswoman statement
    announced added warned monday tuesday wednesday thursday friday saturday sunday january february
    march april june july august september october november december spring summer autumn winter
    """
)
