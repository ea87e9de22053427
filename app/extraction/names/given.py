"""Common given names with the gender they usually go with.

General knowledge of English, European, Arabic and Asian first names, written from memory (the kept
packages for this are under the GPL or hold personal data). Used while a text is being read, to see
which person "she" can be; never stored, never shown.
"""

from __future__ import annotations

from app.words import words

MALE = words("""
    aaron abdul abdullah adam adrian ahmad ahmed akira alan albert alejandro alex alexander alexei
    alfred ali allan allen andrea andreas andrei andrew andy angus anthony antonio antony arnold
    arthur ashraf barack barry bashar ben benedict benjamin bernard bernie bert bill billy bob bobby
    boris brad bradley brandon brendan brent brett brian bruce bruno bryan callum cameron carl
    carlos chad charles charlie chris christian christopher chuck clarence claude clint clive colin
    connor craig curtis cyril daniel danny darren dave david dean dennis derek desmond diego dieter
    dmitry dominic don donald doug douglas duncan dwight dylan earl ed eddie edgar eduardo edward
    edwin elliot emmanuel enrique eric erik ernest ethan eugene evan felipe felix fernando francesco
    francis francisco francois frank franz fred frederick gabriel gareth gary gavin geoff geoffrey
    george georges gerald gerard gerhard giovanni giuseppe glenn gordon graham grant greg gregory
    guillermo gunther gus guy hamid hank hans harold harry hassan hector heiko heinz helmut henri
    henry herbert herman hiroshi holger horst howard hugh hugo hussein ian ibrahim igor imran isaac
    ismail ivan jack jacob jacques jake jamal james jamie jan jared jason javier jay jean jeff
    jeffrey jens jeremy jerry jesus jim jimmy joe joel johan johannes john johnny jon jonathan
    jordan jorge jose joseph josh joshua juan julian julio jurgen justin karim karl keith ken
    kenneth kenny kevin khalid klaus kofi kurt kyle lance larry lars laurence lawrence lee leo leon
    leonard leroy lewis liam lindsey lionel lloyd logan louis luca lucas luigi luis luke mahmoud
    malcolm manuel marc marcel marco marcus mario mark markus marshall martin marvin massimo matt
    matteo matthew maurice mauricio max michael michel miguel mike mikhail milton mitch mitt mohamed
    mohammad mohammed morgan muhammad mustafa narendra nathan neil nelson nicholas nick nicolas
    nigel noah noel norman oleg oliver omar orlando osama oscar otto owen pablo paolo patrick paul
    pavel pedro pete peter phil philip philippe pierre rafael rahul raj rajiv ralph ramon randy ray
    raymond recep reggie rex ricardo richard rick ricky rishi rob robert roberto robin rod rodney
    rodrigo roger roland roman ron ronald rory ross roy ruben rudolf rudy rupert russell ryan saeed
    salman salvador sam samuel scott sean sebastian sergei sergey sergio seth shane shaun shawn
    shinzo sidney silvio simon spencer stan stanley stefan stephen steve steven stewart stuart sven
    ted terry theo theodore thomas tim timothy toby todd tom tommy tony torsten travis trevor tyler
    umar uwe vaclav victor viktor vincent vinny vladimir volker volodymyr walter warren wayne
    wilhelm will william willie wolfgang xavier yasser yusuf zachary
    """)
FEMALE = words("""
    abigail ada adele agnes aisha alexandra alexis alice alicia alison amanda amber amelia amina amy
    ana anastasia andrea angela angelina anita ann anna anne annette annie april ariana ashley
    astrid audrey ava barbara beatrice becky bella bernadette beth betsy betty beverly bianca
    brenda bridget brigitte britney brooke camilla carla carmen carol carole caroline carolyn carrie
    cate catherine cathy cecilia celia charlotte chelsea cheryl chloe christina christine cindy
    claire clara claudia colleen constance cordelia courtney crystal cynthia daisy dana danielle
    dawn deborah debbie debra denise diana diane dolores donna doris dorothy edith eileen elaine
    eleanor elena elizabeth ella ellen elsa emilia emily emma erica erin esther eva eve evelyn
    faith fatima fiona flora florence frances francesca frida gabriela gail gemma genevieve gerda
    gina giorgia gisele gladys glenda gloria grace greta gretchen gwen hannah harriet hazel heather
    heidi helen helena helga hilary hillary holly hope ida indira ingrid irene iris irina isabel
    isabella ivanka jacinda jackie jacqueline jane janet janice jasmine jean jeanne jenna jennifer
    jenny jessica jill joan joanna joanne jocelyn jodie josephine joy joyce juanita judith judy
    julia juliana julie juliet june kamala karen karin kate katherine kathleen kathryn kathy katie
    katy kayla keira kelly kerry khadija kim kirsten kristen kristin kylie lara larissa laura
    lauren leah leila lena leslie lily linda lisa lois lorraine louise lucia lucy lydia lynn
    mabel madeleine madison maggie malala mandy marcia margaret margot maria marian marie marilyn
    marina marion marjorie marta martha martina mary maryam matilda maureen megan meghan melania
    melanie melissa meredith mia michelle mila mildred mina mira miranda miriam moira molly mona
    monica muriel myra nadia nadine nancy naomi natalia natalie natasha nicola nicole nina nora
    norma olga olive olivia oprah pamela pat patricia patsy paula pauline peggy penelope penny
    petra phoebe phyllis pippa polly priscilla priti priya rachel rebecca regina renee rhonda rita
    roberta rosa rose rosemary roxanne ruth sabrina sadie sally samantha sandra sara sarah savannah
    scarlett selena serena shannon sharon sheila shelley sheryl shirley silvia simone sofia sonia
    sophia sophie stacey stella stephanie sue susan susanna suzanne svetlana sylvia tamara tanya
    tara tatiana teresa tessa thelma theresa tiffany tina tracy ursula usha valerie vanessa vera
    veronica victoria violet virginia vivian wanda wendy whitney winifred yasmin yoko yolanda
    yvette yvonne zainab zara zoe
    """)

# Given names of both genders: no evidence either way.
UNISEX = words("""
    alex alexis andrea angel ashley bobbie cameron casey charlie chris courtney dakota dale dana
    drew frances francis gabriele jackie jaime jamie jean jess jo joe jordan jules kelly kerry kim
    kit lee leigh leslie lindsay lindsey logan lou lynn marion mel morgan nat nicky noel pat quinn
    ray riley robin rory ronnie ryan sam sandy shannon shaun shea sidney stacey stevie sydney taylor
    terry toni tracy val vivian
    """) - frozenset({"joe", "ray", "francis", "ryan", "rory", "noel"})
GIVEN = MALE | FEMALE | UNISEX


def gender_of(given: str) -> str | None:
    """`m` or `f` where a given name is one of the two only, None where unknown or both."""
    low = given.lower()
    male, female = low in MALE, low in FEMALE
    if male == female or low in UNISEX:
        return None
    return "m" if male else "f"
