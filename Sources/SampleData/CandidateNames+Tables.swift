extension CandidateNames {
    /// A surname stands in it as often as it is common: the index is drawn evenly.
    static let surnames: [String] = weightedSurnames.flatMap { weight, names in
        names.flatMap { repeatElement(String($0), count: weight) }
    }

    private static let weightedSurnames: [(Int, String)] = [
        (72, "王李张"), (54, "刘"), (45, "陈杨"), (22, "孙赵黄周徐"), (13, "吴马朱胡郭林何高"),
        (8, "郑罗宋谢唐韩曹许邓于董程"), (5, "梁冯袁潘蔡蒋余杜叶田魏苏吕丁任卢姚沈姜崔钟谭"),
        (3, "范汪陆石贾夏韦付方邹孟邱侯秦江白薛尹段雷龙史贺顾毛郝邵万钱严"),
        (1, "武戴莫孔汤庞樊兰殷施陶洪翟安颜倪牛温葛邢路岳齐梅庄辛管祝左涂谷祁时舒耿牟卜焦巴滕鞠逄臧冀"),
    ]

    static let compoundSurnames = ["欧阳", "上官", "司马", "诸葛", "司徒", "令狐", "公孙", "东方"]

    static let maleCharacters = characters(
        "伟强磊军洋勇杰涛超鹏飞斌浩宇轩泽晨辰博文俊凯旭阳鑫龙志明国庆建华家豪嘉诚子涵梓睿哲天佑恒毅振邦承运"
            + "昊然航帆新宏祥瑞腾翔达亮峰岳川林森源清润景行思远知行修齐正德立业成功光耀永康安宁义信")

    static let femaleCharacters = characters(
        "芳娜秀英敏静丽艳娟霞婷雪莹倩颖琳欣怡佳慧雨桐梦瑶思语诗涵雅琪晓彤可馨心悦若曦紫萱子晴依诺一诺文静"
            + "海燕春红玉兰月桂秋菊冰洁美玲嘉宁安然清妍悦宁书瑾舒畅楚楚晗璐璇珂珊珍蕾薇蓉菲萍莉")

    /// Outside GBK, the first of them outside the basic plane too: what breaks careless software.
    static let rareCharacters = characters("𠮷䶮㛃𬱖𫖯𬍛㼆𬀩")

    static let minorityFemaleNames = ["阿依古丽", "古丽娜尔", "热依罕", "米热古丽", "帕提古丽", "迪丽努尔", "祖丽皮亚", "麦尔耶姆"]
    static let minorityMaleNames = ["艾力", "阿卜杜拉", "艾尼瓦尔", "阿力木", "木塔力甫", "伊力亚尔", "麦麦提江", "库尔班"]
    static let minorityFatherNames = ["买买提", "吐尔逊", "玉素甫", "艾海提", "依明", "卡德尔", "沙塔尔", "热合曼", "阿布都热依木"]

    private static func characters(_ text: String) -> [String] { text.map { String($0) } }
}
